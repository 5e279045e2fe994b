import { checkInput, DomainError, fieldsOf, type Class, type Endpoint, type Field } from '@tilts/domain';
import type { FastifyRequest } from 'fastify';
import type { Call } from './serves.decorator.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Checks what came in by the endpoint's own classes. Whatever is wrong is a DomainError with codes by field. */
export function receive(endpoint: Endpoint, request: FastifyRequest): Call<object, string> {
  const raw = endpoint.method === 'GET' ? fromQuery(endpoint.input, request.query) : request.body;
  return checkCall(endpoint, request.params as Record<string, string>, raw);
}

/** The same for a call that came in otherwise than as a request of its own. */
export function checkCall(endpoint: Endpoint, given: Record<string, string>, raw: unknown): Call<object, string> {
  const params = receiveParams(endpoint, given);
  const { value, problems } = checkInput(endpoint.input, fromBody(raw));
  if (problems.length > 0) throw new DomainError('INVALID_INPUT', {}, problems);
  return { input: value, params };
}

/** A path holds ids. What cannot be an id is not there; `current` stands for one's own session. */
function receiveParams(endpoint: Endpoint, given: Record<string, string>): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const id = value.toLowerCase();
    if (!UUID.test(id) && !(id === 'current' && endpoint.path.startsWith('/sessions/')))
      throw new DomainError('NOT_FOUND');
    params[name] = id;
  }
  return params;
}

function fromBody(body: unknown): object {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new DomainError('MALFORMED');
  return body;
}

/** A query holds only texts; the declared kind of a field says what each text means. Lists repeat their key. */
function fromQuery(type: Class, query: unknown): Record<string, unknown> {
  const fields = new Map(fieldsOf(type).map((field) => [field.name, field]));
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query as Record<string, string | string[]>)) {
    const field = fields.get(name);
    if (value !== '') input[name] = field ? fromTexts(field, value) : value;
  }
  return input;
}

function fromTexts(field: Field, value: string | string[]): unknown {
  if (field.kind === 'choices' || field.kind === 'ids') return Array.isArray(value) ? value : [value];
  if (Array.isArray(value)) return value;
  if (field.kind === 'count' && /^-?\d{1,10}$/.test(value)) return Number(value);
  if (field.kind === 'yesNo' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
