import { allEndpoints, endpointsByFeature, fieldsOf } from '@tilts/domain';
import { documentPage } from './document-page.js';
import { openApiDocument } from './openapi.js';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters?: { name: string; in: string }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

const document = openApiDocument(endpointsByFeature);
const paths = document['paths'] as Record<string, Record<string, Operation>>;
const schemas = (document['components'] as { schemas: Record<string, unknown> }).schemas;

describe('the OpenAPI document', () => {
  it.each(allEndpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
    'describes %s',
    (_, endpoint) => {
      const operation = paths[`/api${endpoint.path}`]?.[endpoint.method.toLowerCase()];
      expect(operation).toBeDefined();
      expect(operation?.summary).not.toBe('');
      expect(Object.keys(operation?.responses ?? {})).toContain(String(endpoint.status));
      const parameters = operation?.parameters?.map(({ name }) => name) ?? [];
      for (const [, name] of endpoint.path.matchAll(/\{(\w+)\}/g)) expect(parameters).toContain(name);
      const fields = fieldsOf(endpoint.input).map(({ name }) => name);
      if (endpoint.method === 'GET') expect(parameters).toEqual(expect.arrayContaining(fields));
      else expect(operation?.requestBody !== undefined).toBe(fields.length > 0);
    },
  );

  it('holds nothing that is not served', () => {
    expect(Object.values(paths).flatMap((path) => Object.keys(path))).toHaveLength(allEndpoints.length);
  });

  it('names every operation once', () => {
    const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('points to nothing that is missing, and two classes never share a name', () => {
    const wanted = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    for (const name of wanted) expect(Object.keys(schemas)).toContain(name);
    const byName = new Map<string, unknown>();
    for (const { input, output, outputFor } of allEndpoints)
      for (const type of [input, output, ...Object.values(outputFor ?? {})])
        if (typeof type === 'function') {
          expect(byName.get(type.name) ?? type).toBe(type);
          byName.set(type.name, type);
        }
  });

  it('has a page for people without a script or an inline style', () => {
    const page = documentPage(endpointsByFeature);
    for (const { path, summary } of allEndpoints) expect(page).toContain(`<code>/api${path}</code></h3><p>${summary}`);
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
    for (const [, anchor] of page.matchAll(/href="#(\w+)"/g)) expect(page).toContain(`id="${anchor}"`);
  });
});
