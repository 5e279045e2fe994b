import { readFileSync } from 'node:fs';

/** Variables that hold a password. Whoever may list processes or inspect a container reads the environment, so each may be a file. */
export const SECRET_VARIABLES = ['DATABASE_URL', 'DATABASE_PASSWORD', 'SMTP_URL', 'BACKUP_PASSPHRASE'] as const;

/** The secret as given, or the text of the file that `<NAME>_FILE` names; an empty SMTP_URL means "not given". Never part of a problem. */
export function readSecret(
  env: Readonly<Record<string, string | undefined>>,
  name: (typeof SECRET_VARIABLES)[number],
  problems: string[],
): string | undefined {
  const direct = env[name]?.trim() || undefined;
  const file = env[`${name}_FILE`]?.trim() || undefined;
  if (file === undefined) return direct;
  if (direct !== undefined) {
    problems.push(`${name} and ${name}_FILE are both given: which of them holds? Take one out.`);
    return direct;
  }
  try {
    const text = readFileSync(file, 'utf8').trim();
    // An empty one would be another database, or none of its passwords, without a word. Mail alone may be left out by an empty file.
    if (text === '' && name !== 'SMTP_URL') problems.push(`${name}_FILE is empty: ${file}`);
    return text || undefined;
  } catch (error) {
    const { code } = error as { code?: unknown };
    problems.push(`${name}_FILE cannot be read (${typeof code === 'string' ? code : 'unknown reason'}): ${file}`);
    return undefined;
  }
}
