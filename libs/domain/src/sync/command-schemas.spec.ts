import {
  commandSchema,
  numberCommand,
  oldestCommandSchema,
  upgraded,
  type Command,
  type SchemaSteps,
} from '../index.js';

const command: Command = numberCommand({ operation: 'POST /a', params: {}, input: { day: '2026-11-02' } }, 4, '');
/** As if two schemas had come after the first. */
const steps: SchemaSteps = {
  1: (old) => ({ ...old, operation: old.operation.replace('/a', '/b') }),
  2: (old) => ({ ...old, content: old.content.replace('day', 'on') }),
};

describe('commands of an older phone', () => {
  it('are said step by step as today, under their number', () => {
    expect(upgraded({ ...command, schema: 1 }, steps, 3)).toEqual({
      ...command,
      schema: 3,
      operation: 'POST /b',
      content: '{"input":{"on":"2026-11-02"},"params":{}}',
    });
    expect(upgraded({ ...command, schema: 2 }, steps, 3).operation).toBe('POST /a');
  });

  it('of today stay the same object', () => {
    expect(upgraded(command)).toBe(command);
  });

  it('are refused when no step leads from there, and wait when they are newer than the office', () => {
    const old = { ...command, schema: 1 };
    expect(() => upgraded(old, { 2: (same) => same }, 3)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => upgraded({ ...command, schema: commandSchema + 1 })).toThrow(
      expect.objectContaining({ code: 'UNAVAILABLE' }),
    );
  });

  it('are taken from two schemas back', () => {
    for (let schema = oldestCommandSchema; schema <= commandSchema; schema += 1)
      expect(upgraded({ ...command, schema }).schema).toBe(commandSchema);
  });
});
