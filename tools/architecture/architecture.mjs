// Checks a tree against rules.mjs; `node tools/architecture/architecture.mjs` prints what is wrong in this one.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { forbidden, PROJECTS, TREES } from './rules.mjs';

export const workspace = join(import.meta.dirname, '..', '..');

/** One line a violation; empty when the tree is as it should be. */
export async function violations(root = workspace) {
  return [...unknownFolders(root), ...(await forbiddenImports(root))];
}

async function forbiddenImports(root) {
  const sources = PROJECTS.map(({ path }) => `${path}/src`).filter((path) => existsSync(join(root, path)));
  // As in tsconfig.base.json: our own libs are read from their source.
  const libs = ['domain', 'i18n', 'testing', 'ui'].flatMap((name) => [
    [`@tilts/${name}$`, join(root, 'libs', name, 'src/index.ts')],
    [`@tilts/${name}`, join(root, 'libs', name, 'src')],
  ]);
  const { output } = await cruise(
    sources,
    {
      baseDir: root,
      ruleSet: { forbidden: forbidden() },
      validate: true,
      // An import that only brings a type binds two features just as well.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(^|/)dist/' },
    },
    {
      alias: Object.fromEntries(libs),
      extensionAlias: { '.js': ['.ts', '.js'] },
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  );
  if (typeof output === 'string') throw new Error(output);
  return output.summary.violations.map(({ from, to, rule }) => `${from} → ${to} (${rule.name})`);
}

/** A folder without a place in the order would be bound by no rule. */
function unknownFolders(root) {
  return TREES.flatMap(({ root: tree, order }) => {
    if (!existsSync(join(root, tree))) return [];
    const known = new Set([...order.flat(), 'testing']);
    return readdirSync(join(root, tree), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !known.has(entry.name))
      .map(({ name }) => `${tree}/${name} is not in the order of features (tools/architecture/rules.mjs)`);
  });
}

if (process.argv[1] === import.meta.filename) {
  const found = await violations();
  console.log(found.join('\n') || 'Every import is allowed.');
  process.exitCode = found.length ? 1 : 0;
}
