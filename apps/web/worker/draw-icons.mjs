// Draws the icons of the home screen from public/favicon.svg; run by hand when that drawing changes, the pictures are kept in the tree.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../../../tools/chromium.mjs';

const folder = join(import.meta.dirname, '..', 'public');
const drawing = readFileSync(join(folder, 'favicon.svg'), 'utf8');
/** Phones cut a maskable icon to their own shape: the ground fills it, the bridge stays in the middle four fifths. */
const whole = drawing.replace(' rx="8"', '').replace('<path ', '<path transform="translate(4.8 4.8) scale(.7)" ');

const browser = await chromium.launch(await findChromium());
for (const [name, size, svg] of [
  ['any-192', 192, drawing],
  ['any-512', 512, drawing],
  ['maskable-512', 512, whole],
  ['touch-180', 180, whole],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px}</style>${svg}`);
  await page.screenshot({ path: join(folder, 'icons', `${name}.png`), omitBackground: true });
  await page.close();
}
await browser.close();
