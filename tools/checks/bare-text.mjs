// Every word that people read comes from libs/i18n: a bare word in a template is shown in one language only.
// The same walk finds what the content security policy would block or what goes past Angular's escaping.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTemplate, RecursiveAstVisitor, TmplAstRecursiveVisitor, tmplAstVisitAll } from '@angular/compiler';
import ts from 'typescript';
import { filesOf } from './files.mjs';

const READ_ALOUD =
  /^(aria-label|aria-description|aria-roledescription|aria-valuetext|placeholder|title|alt|label|heading|hint)$/;
const TEXT_KEY = /^[a-z][\w-]*(\.[\w-]+)+$/i;
const LETTER = /\p{L}/u;
/** Inside an expression a literal may be a key or a choice; blanks between words and Latvian letters give a text away. */
const SENTENCE = /\p{L}\s+\p{L}|[āčēģīķļņšūž]/iu;

export function bareTexts(root) {
  const templates = [...filesOf(root, /\.html$/), ...filesOf(root, /\.ts$/)].filter((path) =>
    /^(apps\/web|libs\/ui)\/src\/app\/|^libs\/ui\/src\//.test(path),
  );
  return templates.flatMap((path) => {
    const source = readFileSync(join(root, path), 'utf8');
    if (path.endsWith('.html')) return findingsIn(source, path);
    if (path.endsWith('.spec.ts')) return [];
    return inlineTemplates(source, path).flatMap((template) => findingsIn(template, path));
  });
}

function findingsIn(template, path) {
  const { nodes, errors } = parseTemplate(template, path);
  if (errors?.length) return errors.map((error) => `${path}: ${error.msg}`);
  const visitor = new Findings();
  tmplAstVisitAll(visitor, nodes);
  return visitor.found.map((finding) => `${path}: ${finding}`);
}

class Findings extends TmplAstRecursiveVisitor {
  found = [];

  /** @override */
  visitText(text) {
    this.bare(text.value, 'text');
  }

  /** @override */
  visitBoundText(text) {
    const { strings = [] } = text.value.ast;
    for (const part of strings) this.bare(part, 'text');
    this.literals(text.value.ast, 'text');
  }

  /** @override */
  visitTextAttribute({ name, value }) {
    if (name === 'style')
      this.found.push('style="…" is blocked by the content security policy; use a class or [style.x]');
    if (READ_ALOUD.test(name) && !TEXT_KEY.test(value)) this.bare(value, name);
  }

  /** @override */
  visitBoundAttribute({ name, value }) {
    if (/^(innerHTML|outerHTML|srcdoc)$/i.test(name)) this.found.push(`[${name}] lets a text become HTML`);
    if (READ_ALOUD.test(name.replace(/^attr\./, ''))) {
      for (const part of value.ast.strings ?? []) this.bare(part, name);
    }
    this.literals(value.ast, name);
  }

  bare(value, where) {
    if (LETTER.test(value.replace(/&\w+;/g, ''))) this.found.push(`bare ${where} "${value.trim()}"`);
  }

  literals(ast, where) {
    new (class extends RecursiveAstVisitor {
      constructor(found) {
        super();
        this.found = found;
      }
      /** @override */
      visitLiteralPrimitive({ value }) {
        if (typeof value === 'string' && SENTENCE.test(value)) this.found.push(`bare ${where} '${value}'`);
      }
    })(this.found).visit(ast);
  }
}

function inlineTemplates(source, path) {
  const templates = [];
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'template' && isInComponent(node)) {
      if (ts.isStringLiteralLike(node.initializer)) templates.push(node.initializer.text);
      else templates.push(`${path} glues its template together`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true));
  return templates;
}

function isInComponent(property) {
  const call = property.parent.parent;
  return ts.isCallExpression(call) && call.expression.getText() === 'Component';
}
