import { idLike, newId } from '../fields/id.js';
import { commandSchema, type Command } from './command.js';

/** What a command says: the names in its path, and its input. */
export interface CommandContent {
  readonly params: Readonly<Record<string, string>>;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What somebody did, before it has a number. */
export interface Asked {
  /** `POST /visits/{id}/corrections`. */
  operation: string;
  params: Readonly<Record<string, string>>;
  input: object;
  /** Of an operation that `merges`: the header as the person read it. */
  base?: object | null;
}

/** The text of a command. Its keys are in one order, so that the same content is the same text. */
export function contentOf(params: object, input: object): string {
  return inOneOrder({ params, input });
}

export function inOneOrder(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/**
 * `seq` is taken from the store in the step that writes the command down, so that two tabs never take the same one. What makes a record
 * needs no chance beside its record's and its number: so its id travels for nearly nothing (ids-on-the-way.ts).
 */
export function numberCommand(asked: Asked, seq: number, now: string): Command {
  const fresh = newId();
  const { id: made } = asked.input as { id?: unknown };
  return {
    id: (typeof made === 'string' && idLike(made, fresh, seq)) || fresh,
    seq,
    schema: commandSchema,
    operation: asked.operation,
    content: contentOf(asked.params, asked.input),
    base: asked.base ? inOneOrder(asked.base) : null,
    madeAt: now,
  };
}

const nothing: CommandContent = { params: {}, input: {} };
const read = new WeakMap<Command, CommandContent>();

/** A text that cannot be read says nothing here; the office refuses it, and the person sees it. */
export function readContent(command: Command): CommandContent {
  let content = read.get(command);
  if (!content) {
    content = parsed(command.content);
    read.set(command, content);
  }
  return content;
}

function parsed(text: string): CommandContent {
  try {
    const { params, input } = JSON.parse(text) as Partial<CommandContent>;
    return { params: params ?? {}, input: input ?? {} };
  } catch {
    return nothing;
  }
}
