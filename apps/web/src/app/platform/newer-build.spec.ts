import { isReplaced } from './newer-build';

describe('a page that stayed open over an update', () => {
  const page = new DOMParser().parseFromString('<meta name="build" content="a1b2">', 'text/html');
  const served = (answer: () => Promise<Partial<Response>>): void => {
    globalThis.fetch = answer as typeof fetch;
  };
  const startPage = (build: string): Promise<Partial<Response>> =>
    Promise.resolve({ ok: true, text: () => Promise.resolve(`<meta name="build" content="${build}">`) });

  it('is known by the build that the server names now', async () => {
    served(() => startPage('c3d4'));
    expect(await isReplaced(page)).toBe(true);
    served(() => startPage('a1b2'));
    expect(await isReplaced(page)).toBe(false);
  });

  it('is left as it is without a network, or while the server does not answer', async () => {
    served(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await isReplaced(page)).toBe(false);
    served(() => Promise.resolve({ ok: false, text: () => Promise.resolve('') }));
    expect(await isReplaced(page)).toBe(false);
  });
});
