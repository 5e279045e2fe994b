import {
  csv,
  errorCodes,
  fieldErrorCodes,
  fieldsOf,
  isFile,
  mediaTypes,
  permissions,
  type Class,
  type Endpoint,
  type Field,
} from '@tilts/domain';

type Json = Record<string, unknown>;

/** What a group of operations is called in the document, and the operations. */
export type EndpointsByFeature = Record<string, Record<string, Endpoint>>;

/**
 * The document of the API, made from the endpoint table and the fields of its classes: the same lines that are served and
 * checked, so it cannot tell anything else.
 */
export function openApiDocument(features: EndpointsByFeature): Json {
  const schemas: Json = { Problem: problemSchema };
  const paths: Record<string, Json> = {};
  for (const [feature, endpoints] of Object.entries(features)) {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const path = (paths[`/api${endpoint.path}`] ??= {});
      path[endpoint.method.toLowerCase()] = operation(feature, name, endpoint, schemas);
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tilts',
      version: '1',
      description:
        'Case management for Roma mediators. A record that you may not see answers exactly like one that does not exist.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: '/' }],
    tags: Object.keys(features).map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'From POST /api/sessions; five minutes',
        },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: '__Host-tilts' },
      },
    },
  };
}

function operation(feature: string, name: string, endpoint: Endpoint, schemas: Json): Json {
  const { method, permission, input, summary, stepUp } = endpoint;
  const pathParameters = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, id]) => ({
    name: id,
    in: 'path',
    required: true,
    schema: endpoint.path === '/sessions/{id}' ? { anyOf: [uuid, { const: 'current' }] } : uuid,
  }));
  const query = method === 'GET' ? fieldsOf(input).map((field) => queryParameter(field, schemas)) : [];
  const hasBody = method !== 'GET' && fieldsOf(input).length > 0;
  const parameters = [...pathParameters, ...query];
  return {
    operationId: `${feature}.${name}`,
    tags: [feature],
    summary,
    ...(permission === 'public'
      ? { security: endpoint.path === '/sessions/refresh' ? [{ refreshCookie: [] }] : [] }
      : {
          description: `Permission \`${permission}\`: ${permissions[permission].join(', ')}.${stepUp ? ' Needs a proof of the last ten minutes.' : ''}`,
          security: [{ accessToken: [] }],
        }),
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && {
      requestBody: { required: true, content: { 'application/json': { schema: refTo(input, schemas) } } },
    }),
    responses: { [endpoint.status]: goodAnswer(endpoint, schemas), ...problemAnswers(endpoint) },
  };
}

function queryParameter(field: Field, schemas: Json): Json {
  return {
    name: field.name,
    in: 'query',
    required: !field.optional,
    schema: present(field, schemas),
    ...(field.kind.endsWith('s') && { explode: true }),
  };
}

function goodAnswer(endpoint: Endpoint, schemas: Json): Json {
  const { output, outputFor } = endpoint;
  if (output === null) return { description: 'Done' };
  if (isFile(output)) {
    const [mediaType = ''] = mediaTypes[output].split(';');
    // OpenAPI 3.1: bytes have no schema.
    return { description: 'A file', content: { [mediaType]: output === csv ? { schema: { type: 'string' } } : {} } };
  }
  const views = [...new Set([output, ...Object.values(outputFor ?? {})])].map((view) => refTo(view, schemas));
  const who = Object.keys(outputFor ?? {}).join(', ');
  return {
    description: who ? `Done; the last form is what the role ${who} is shown` : 'Done',
    content: { 'application/json': { schema: views.length === 1 ? views[0] : { anyOf: views } } },
  };
}

function problemAnswers(endpoint: Endpoint): Json {
  const statuses = new Map<number, string[]>();
  for (const [code, status] of Object.entries(errorCodes))
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  const possible = [400, 404, 500, 503, ...(endpoint.permission === 'public' ? [] : [401])];
  if (endpoint.path.startsWith('/sessions')) possible.push(401, 429);
  if (fieldsOf(endpoint.input).length > 0) possible.push(422);
  if (endpoint.method !== 'GET') possible.push(403, 409, 413, 415);
  return Object.fromEntries(
    [...new Set(possible)].sort().map((status) => [
      status,
      {
        description: (statuses.get(status) ?? []).join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const uuid = { type: 'string', format: 'uuid' };

function refTo(type: Class, schemas: Json): Json {
  if (!schemas[type.name]) {
    // Set first, filled after: a class may hold itself.
    const schema: Json = (schemas[type.name] = {});
    const fields = fieldsOf(type);
    Object.assign(schema, {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(fields.map((field) => [field.name, shapeOf(field, schemas)])),
      required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
    });
  }
  return { $ref: `#/components/schemas/${type.name}` };
}

function shapeOf(field: Field, schemas: Json): Json {
  const shape = present(field, schemas);
  return field.optional ? { anyOf: [shape, { type: 'null' }] } : shape;
}

function present({ kind, choices, type, min, max }: Field, schemas: Json): Json {
  switch (kind) {
    case 'choice':
      return { type: 'string', enum: choices?.values };
    case 'choices':
      return { type: 'array', uniqueItems: true, items: { type: 'string', enum: choices?.values } };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'month':
      return { type: 'string', pattern: '^\\d{4}-\\d{2}$' };
    case 'time':
      return { type: 'string', pattern: '^\\d{2}:\\d{2}$' };
    case 'count':
      return { type: 'integer', minimum: min, maximum: max };
    case 'yesNo':
      return { type: 'boolean' };
    case 'id':
      return uuid;
    case 'ids':
      return { type: 'array', uniqueItems: true, items: uuid };
    case 'texts':
      return { type: 'array', items: { type: 'string', maxLength: max } };
    case 'email':
      return { type: 'string', format: 'email', maxLength: max };
    case 'part':
      return type ? refTo(type(), schemas) : {};
    case 'parts':
      return { type: 'array', items: type ? refTo(type(), schemas) : {} };
    case 'text':
    case 'phone':
      return {
        type: 'string',
        ...(min !== undefined && { minLength: min }),
        ...(max !== undefined && { maxLength: max }),
      };
  }
}

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. `code` says what is wrong; texts are found by the client.',
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(errorCodes) },
    params: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          field: { type: 'string', description: 'A path: `persons.0.birthYear`' },
          code: { type: 'string', enum: fieldErrorCodes },
          params: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
        },
        required: ['field', 'code'],
      },
    },
    requestId: uuid,
  },
  required: ['type', 'title', 'status', 'code', 'params', 'fields', 'requestId'],
};
