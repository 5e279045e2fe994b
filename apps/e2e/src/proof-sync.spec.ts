import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const proofSync = join(import.meta.dirname, '..', '..', '..', 'tools', 'proof-sync', 'proof-sync.mjs');

// The proof of `npm run proof:sync`, small enough for every run; it has an office of its own.
test.describe.configure({ timeout: 150_000 });

let child: ChildProcess;
// One that took too long ends with everything that it started.
test.afterEach(() => child.kill('SIGTERM'));

test('nothing that was acknowledged is lost, doubled or invented, whatever is killed, cut, repeated or restored', async () => {
  const { code, said } = await proof('--kills', '2', '--stride', '90', '--rounds', '40');
  expect(said).toMatch(/acknowledged \/ lost \/ doubled \/ invented: [1-9]\d* \/ 0 \/ 0 \/ 0/);
  expect(code, said).toBe(0);
});

test('the proof of sync catches every liar', async () => {
  const { code, said } = await proof('--liars', '--kills', '2', '--stride', '400', '--rounds', '40', '--seed', '1');
  const caught = [...said.matchAll(/^caught {2}([\w-]+)/gm)].map(([, name]) => name);
  expect(caught, said).toEqual([
    'new-id-on-retry',
    'ack-before-commit',
    'client-clock-wins',
    'dropped-refusal',
    'commit-not-kept',
  ]);
  expect(code, said).toBe(0);
});

test('the proof of sync fails when one lies', async () => {
  const { code, said } = await proof('--liar', 'ack-before-commit', '--stride', '400');
  expect(said).toContain('acknowledged, and');
  expect(code).toBe(1);
});

function proof(...options: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    child = spawn(process.execPath, [proofSync, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (words: Buffer) => {
        said += words.toString();
      });
    child.once('exit', (code) => resolve({ code, said }));
  });
}
