import { join } from 'node:path';
import { roles } from '@tilts/domain';
import { languages } from '@tilts/i18n';
import { demoEmail } from '@tilts/testing';
import { everyPage } from './pages/every-page.js';
import { settled } from './pages/settled.js';
import { signIn } from './pages/sign-in.js';
import { desk, phone } from './screens.js';
import { test } from './test.js';
import { Caller } from './tilts/caller.js';

const folder = join(import.meta.dirname, '..', '..', '..', 'test-results', 'pages');

for (const role of ['nobody', ...roles.values] as const) {
  for (const [size, screen] of [
    ['phone', phone],
    ['desk', desk],
  ] as const) {
    for (const language of languages) {
      test(`every page of ${role}, ${size}, ${language}`, async ({ browserOf, address, complaints }) => {
        test.setTimeout(300_000);
        const paths = (await everyPage(address, 'JELGAVA'))[role];
        const context = await browserOf({ ...screen, deviceScaleFactor: 1 });
        const page = await context.newPage();
        await context.addInitScript((wanted) => localStorage.setItem('tilts.language', wanted), language);
        if (role !== 'nobody') {
          await (await Caller.signIn(address, demoEmail(role))).speak(language);
          await page.goto('/');
          await signIn(page, demoEmail(role), language);
        }
        for (const [index, path] of paths.entries()) {
          await page.goto(path);
          await settled(page);
          const name = `${String(index).padStart(2, '0')}${path.replace(/[0-9a-f-]{36}/g, 'id').replace(/\W+/g, '-')}`;
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            await page.screenshot({
              path: join(folder, role, `${name}-${size}-${language}-${colorScheme}.png`),
              fullPage: true,
              animations: 'disabled',
            });
          }
        }
        if (role !== 'nobody') await (await Caller.signIn(address, demoEmail(role))).speak('lv');
        // Pictures are looked at by people; links that nobody made are not there, which a browser complains about.
        complaints.length = 0;
      });
    }
  }
}
