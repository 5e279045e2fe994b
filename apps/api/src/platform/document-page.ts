import { errorCodes, fieldsOf, isFile, permissions, type Class, type Endpoint, type Field } from '@tilts/domain';
import { catalogues, messageOf } from '@tilts/i18n';
import type { EndpointsByFeature } from './openapi.js';

/**
 * The document of the API as a page without a script: Swagger UI writes inline styles and builds its page from strings, which
 * our Content-Security-Policy and Trusted Types refuse. Programs read /api/openapi.json.
 */
export function documentPage(features: EndpointsByFeature): string {
  const classes = new Map<string, Class>();
  const sections = Object.entries(features)
    .map(([feature, endpoints]) => {
      const operations = Object.values(endpoints).map((endpoint) => operation(endpoint, classes));
      return `<section id="${feature}"><h2>${feature}</h2>${operations.join('')}</section>`;
    })
    .join('');
  const links = Object.keys(features).map((feature) => `<li><a href="#${feature}">${feature}</a></li>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tilts API</title><link rel="icon" href="data:,"><link rel="stylesheet" href="docs.css"></head><body>
<header><h1>Tilts API</h1><p>Every operation of Tilts, made from the same lines that are served and checked.
For programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p></header>
<nav aria-label="Features"><ul>${links.join('')}<li><a href="#classes">classes</a></li><li><a href="#problems">problems</a></li></ul></nav>
<main><p>Sign in with <code>POST /api/sessions</code> and send <code>Authorization: Bearer …</code>. A record that you may not see
answers exactly like one that does not exist. Days are <code>YYYY-MM-DD</code> in Europe/Riga, moments ISO 8601 in UTC, ids UUIDs.
In a query, a list repeats its key.</p>
${sections}
<section id="classes"><h2>classes</h2>${classSections(classes)}</section>
<section id="problems"><h2>problems</h2><p>Problems answer as <code>application/problem+json</code>.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>${problems()}</tbody></table></section>
</main></body></html>`;
}

function operation(
  { method, path, permission, summary, input, output, outputFor, status }: Endpoint,
  classes: Map<string, Class>,
): string {
  const who =
    permission === 'public' ? 'everybody' : `${permissions[permission].join(', ')} (<code>${permission}</code>)`;
  const asks = fieldsOf(input).length > 0 ? link(input, classes) : '–';
  const views = [output, ...Object.values(outputFor ?? {})];
  const answers = [
    ...new Set(views.map((view) => (view === null ? '–' : isFile(view) ? view.toUpperCase() : link(view, classes)))),
  ].join(' or ');
  return `<article><h3><span class="${method}">${method}</span> <code>/api${escape(path)}</code></h3><p>${escape(summary)}</p>
<dl><dt>Who</dt><dd>${who}</dd><dt>${method === 'GET' ? 'Query' : 'Body'}</dt><dd>${asks}</dd><dt>Answer</dt><dd>${status} ${answers}</dd></dl></article>`;
}

/** Classes come to light while classes are written: those that stand inside others. A Map is walked to its growing end. */
function classSections(classes: Map<string, Class>): string {
  let html = '';
  for (const [name, type] of classes) {
    const rows = fieldsOf(type).map((field) => {
      const what = field.type
        ? link(field.type(), classes) + (field.kind === 'parts' ? ' …' : '')
        : escape(kindOf(field));
      return `<tr><td><code>${escape(field.name)}</code></td><td>${what}</td><td>${field.optional ? 'may be null' : ''}</td></tr>`;
    });
    html += `<article id="${name}"><h3>${name}</h3><table><tbody>${rows.join('')}</tbody></table></article>`;
  }
  return html;
}

function kindOf({ kind, choices, min, max }: Field): string {
  if (choices) return `${kind}: ${choices.values.join(' · ')}`;
  if (kind === 'text') return `text, ${min ? `${min} to ` : 'at most '}${max ?? ''} characters`;
  if (kind === 'count' && max !== undefined && max < 2_147_483_647) return `count, ${min ?? 0} to ${max}`;
  return kind;
}

function problems(): string {
  return Object.entries(errorCodes)
    .map(
      ([code, status]) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escape(messageOf(catalogues.en, `errors.${code}`) ?? '')}</td></tr>`,
    )
    .join('');
}

function link(type: Class, classes: Map<string, Class>): string {
  classes.set(type.name, type);
  return `<a href="#${type.name}">${type.name}</a>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export const documentStyles = `
:root { color-scheme: light dark; --ink: light-dark(#1d2433, #e8eaf0); --soft: light-dark(#5a6478, #a5aec0); --line: light-dark(#dfe3ea, #363d4d);
  --paper: light-dark(#fff, #151922); --card: light-dark(#f7f8fa, #1c212d); --link: light-dark(#0b57b0, #8ab8f5); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--link); } h1 { margin: 0; } h2 { margin: 2.5rem 0 .5rem; } h3 { margin: 0 0 .25rem; font-size: 1rem; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
article { margin: .75rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); }
article p { margin: 0 0 .5rem; } dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; }
h3 span { display: inline-block; min-width: 4.2rem; text-align: center; padding: 0 .4rem; border: 1px solid currentColor; border-radius: .25rem; font-size: .8rem; }
table { width: 100%; border-collapse: collapse; } th, td { padding: .25rem .5rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
:target { outline: 2px solid var(--link); outline-offset: 2px; }
`;
