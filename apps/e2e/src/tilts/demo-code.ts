import { setTimeout as sleep } from 'node:timers/promises';
import { demoTotpSecret } from '@tilts/testing';
import { TOTP } from 'otpauth';

const totp = new TOTP({ secret: demoTotpSecret });
const PERIOD = 30_000;
let last = 0;

/**
 * A code of the demo coordinator's authenticator app that was not shown yet. Each signs in once, and those of the half minute
 * before and after are taken too: three at once, then one each half minute.
 */
export async function nextDemoCode(): Promise<string> {
  const now = (): number => Math.floor(Date.now() / PERIOD);
  const step = Math.max(last + 1, now() - 1);
  last = step;
  if (step > now() + 1) await sleep((step - 1) * PERIOD - Date.now() + 100);
  return totp.generate({ timestamp: step * PERIOD });
}
