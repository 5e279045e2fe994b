import { DomainError } from '../errors/domain-error.js';
import { commandSchema, type Command } from './command.js';

/** How a command of one schema is said in the next; `steps[n]` leads from n to n + 1. Operations keep their meaning, or get another path. */
export type SchemaSteps = Readonly<Record<number, (command: Command) => Command>>;

/** None yet: this is the first schema. A step stays for as long as phones may hold commands of its schema. */
const schemaSteps: SchemaSteps = {};

/**
 * A command as it is said today. The receipt is about the command as it came. One that is older than the steps reach is refused, and its
 * person sees it; a newer one waits: the office is about to be updated, or was set back.
 */
export function upgraded(command: Command, steps: SchemaSteps = schemaSteps, current = commandSchema): Command {
  if (command.schema > current) throw new DomainError('UNAVAILABLE');
  let now = command;
  for (let schema = command.schema; schema < current; schema += 1) {
    const step = steps[schema];
    if (!step)
      throw new DomainError('INVALID_INPUT', {}, [{ field: 'schema', code: 'tooSmall', params: { min: schema + 1 } }]);
    now = { ...step(now), schema: schema + 1 };
  }
  return now;
}
