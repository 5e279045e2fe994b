import {
  Choices,
  choices,
  Count,
  DomainError,
  endpoint,
  newId,
  References,
  Text,
  YesNo,
  type Endpoint,
} from '@tilts/domain';
import type { FastifyRequest } from 'fastify';
import { receive } from './received-input.js';

class HorseFilter {
  @Count({ optional: true, max: 100 })
  limit?: number | null;
  @YesNo({ optional: true })
  lame?: boolean | null;
  @Choices(choices('horses.colour', ['bay', 'grey']), { optional: true })
  colours?: string[] | null;
  @References({ optional: true })
  ids?: string[] | null;
  @Text({ max: 5, optional: true })
  name?: string | null;
}
class NewHorse {
  @Text({ max: 5 })
  name: string;
}
const list = endpoint({
  method: 'GET',
  path: '/horses',
  permission: 'public',
  summary: '',
  input: HorseFilter,
  output: null,
});
const create = endpoint({
  method: 'POST',
  path: '/horses',
  permission: 'public',
  summary: '',
  input: NewHorse,
  output: null,
});
const read = endpoint({ method: 'GET', path: '/horses/{id}', permission: 'public', summary: '', output: null });

const from = (it: Endpoint, given: { query?: object; body?: unknown; params?: object }): ReturnType<typeof receive> =>
  receive(it, { query: {}, params: {}, ...given } as FastifyRequest);
const problemsOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [error.code, ...error.fields.map(({ field, code }) => `${field} ${code}`)];
  }
};

describe('what comes in', () => {
  it('turns the texts of a query into what their fields declare', () => {
    const id = newId();
    expect(from(list, { query: { limit: '20', lame: 'false', colours: 'bay', ids: [id], name: '' } }).input).toEqual({
      limit: 20,
      lame: false,
      colours: ['bay'],
      ids: [id],
    });
  });

  it.each([
    [{ limit: 'many' }, 'limit notANumber'],
    [{ limit: '101' }, 'limit tooLarge'],
    [{ lame: 'perhaps' }, 'lame notYesNo'],
    [{ colours: ['bay', 'green'] }, 'colours notAChoice'],
    [{ colour: 'bay' }, 'colour unknown'],
  ])('refuses the query %j', (query, problem) => {
    expect(problemsOf(() => from(list, { query }))).toEqual(['INVALID_INPUT', problem]);
  });

  it('refuses a body with unknown keys, and one that is no object', () => {
    expect(problemsOf(() => from(create, { body: { name: 'Bērtā', owner: 'x' } }))).toEqual([
      'INVALID_INPUT',
      'owner unknown',
    ]);
    expect(problemsOf(() => from(create, { body: undefined }))).toEqual(['INVALID_INPUT', 'name required']);
    expect(problemsOf(() => from(create, { body: [] }))).toEqual(['MALFORMED']);
  });

  it('takes what cannot be an id for something that is not there', () => {
    const id = newId();
    expect(from(read, { params: { id: id.toUpperCase() } }).params).toEqual({ id });
    for (const wrong of ['7', 'current', "' OR 1=1", `${id}x`])
      expect(problemsOf(() => from(read, { params: { id: wrong } }))).toEqual(['NOT_FOUND']);
  });
});
