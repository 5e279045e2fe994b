import { isReplaced } from './newer-build';

describe('a page that stayed open over an update', () => {
  const page = new DOMParser().parseFromString('<script src="main-OLD.js" type="module"></script>', 'text/html');
  const served = (answer: () => Promise<Partial<Response>>): void => {
    globalThis.fetch = answer as typeof fetch;
  };
  const startPage = (script: string): Promise<Partial<Response>> =>
    Promise.resolve({ ok: true, text: () => Promise.resolve(`<script src="${script}" type="module"></script>`) });

  it('is known by the script that the server names now', async () => {
    served(() => startPage('main-NEW.js'));
    expect(await isReplaced(page)).toBe(true);
    served(() => startPage('main-OLD.js'));
    expect(await isReplaced(page)).toBe(false);
  });

  it('is left as it is without a network, or while the server does not answer', async () => {
    served(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await isReplaced(page)).toBe(false);
    served(() => Promise.resolve({ ok: false, text: () => Promise.resolve('') }));
    expect(await isReplaced(page)).toBe(false);
  });
});
