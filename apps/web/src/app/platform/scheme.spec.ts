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
