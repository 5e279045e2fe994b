import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestBed } from '@angular/core/testing';
import { PageScheme } from './scheme';

// What index.html runs before the app; the one place in this spec that is not loaded as a module of ours.
const beforeTheApp = readFileSync(join(__dirname, '../../../public/scheme.js'), 'utf8');
const page = document.documentElement;

/** Another visit on the same device. */
function openAgain(): void {
  page.removeAttribute('data-scheme');
  const script = document.createElement('script');
  script.textContent = beforeTheApp;
  document.head.append(script);
  script.remove();
}

it('keeps the colours on the device: the script before the app finds what the app has kept', () => {
  const scheme = TestBed.inject(PageScheme);
  expect(scheme.chosen()).toBe('device');
  scheme.choose('dark');
  expect(page.getAttribute('data-scheme')).toBe('dark');
  openAgain();
  expect(page.getAttribute('data-scheme')).toBe('dark');
  scheme.choose('light');
  openAgain();
  expect(page.getAttribute('data-scheme')).toBe('light');
  scheme.choose('device');
  openAgain();
  expect(page.hasAttribute('data-scheme')).toBe(false);
  localStorage.setItem('tilts.scheme', 'purple');
  openAgain();
  expect(page.hasAttribute('data-scheme')).toBe(false);
});

it('asks at once for what the first page needs: the texts of its language, and the door when nobody is signed in', () => {
  const asked = (): string[] =>
    [...document.querySelectorAll<HTMLLinkElement>('link[rel=preload], link[rel=modulepreload]')].map((link) => {
      link.remove();
      return link.getAttribute('href') ?? '';
    });
  const named = Object.entries({ door: 'door-1.js door-2.js', texts: 'media/lv-1.json media/en-1.json' }).map(
    ([name, content]) => Object.assign(document.createElement('meta'), { name, content }),
  );
  document.head.append(...named);
  asked();
  localStorage.setItem('tilts.language', 'lv');
  openAgain();
  expect(asked()).toEqual(['media/lv-1.json', 'door-1.js', 'door-2.js']);
  localStorage.removeItem('tilts.language');
  localStorage.setItem('tilts.signed-in', 'yes');
  openAgain();
  // The browser of the specs speaks English.
  expect(asked()).toEqual(['media/en-1.json']);
  localStorage.setItem('tilts.language', 'xx');
  for (const meta of named) meta.remove();
  openAgain();
  expect(asked()).toEqual([]);
});
