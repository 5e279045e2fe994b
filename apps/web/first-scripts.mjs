/** The pages that somebody may see first; each counts with everything that it imports. */
export const firstPages = ['sign-in-page', 'today-page'];

/**
 * Names of the scripts that must be there before that page can be used.
 * @param {Map<string, string>} files every script of the build by its name
 * @param {string} html
 * @param {string} page
 */
export function scriptsOf(files, html, page) {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name) || !files.has(name)) return;
    seen.add(name);
    for (const [, imported] of files.get(name).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) visit(imported);
  };
  for (const [, name] of html.matchAll(/(?:src|href)="([^"]+\.js)"/g)) visit(name);
  const chunk = [...files.keys()].find((name) => name.startsWith(`${page}-`));
  if (!chunk) throw new Error(`No chunk for ${page}`);
  visit(chunk);
  return [...seen];
}
