import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** A letter that Tilts wrote, as a mail program would open it. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** Waits for the letter to somebody about something; without SMTP letters lie in a folder. */
export async function letterTo(email: string, about: string): Promise<Letter> {
  const found = (): Letter | undefined =>
    letters().find((letter) => letter.to.includes(email) && letter.text.includes(about));
  await expect.poll(found, { message: `a letter to ${email}`, timeout: 20_000 }).toBeDefined();
  return found() as Letter;
}

function letters(): Letter[] {
  const outbox = join(tmpdir(), process.env['E2E_FOLDER'] ?? '', 'data', 'outbox');
  try {
    return readdirSync(outbox)
      .filter((name) => name.endsWith('.eml'))
      .map((name) => letterIn(readFileSync(join(outbox, name), 'latin1')));
  } catch {
    return [];
  }
}

function letterIn(source: string): Letter {
  const [head = '', ...body] = source.split('\r\n\r\n');
  const header = (name: string): string => new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'mi').exec(head)?.[1] ?? '';
  return { to: header('To'), subject: header('Subject'), text: fromQuotedPrintable(body.join('\r\n\r\n')) };
}

/** RFC 2045 6.7: soft line breaks and bytes in hex. */
function fromQuotedPrintable(encoded: string): string {
  const bytes = encoded
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
