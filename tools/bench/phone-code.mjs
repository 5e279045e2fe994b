// The phone's own code, as it stands in apps/web: written for a bundler, loaded here without one.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const APP = new URL('../../apps/web/src/app/', import.meta.url);
const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };

/** A module of the web app that needs no browser to be loaded: `sync/outbox-runner`. */
export async function phoneCode(name) {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const isOurs = specifier.startsWith('.') && context.parentURL?.startsWith(APP.href);
      return isOurs
        ? { url: new URL(`${specifier}.ts`, context.parentURL).href, shortCircuit: true }
        : next(specifier, context);
    },
    load(url, context, next) {
      if (!url.startsWith(APP.href)) return next(url, context);
      const source = ts.transpileModule(readFileSync(fileURLToPath(url), 'utf8'), { compilerOptions }).outputText;
      return { format: 'module', source, shortCircuit: true };
    },
  });
  try {
    return await import(new URL(`${name}.ts`, APP).href);
  } finally {
    hooks.deregister();
  }
}
