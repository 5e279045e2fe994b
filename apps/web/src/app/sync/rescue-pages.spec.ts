import { rescueFileLimit } from '@tilts/domain';
import { Refusal, renderPage } from '../platform/testing/render-page';
import { RescueCard } from './rescue-card';
// Loaded here, so that a test does not wait for it.
import './rescue-file';
import { handOut } from './rescue-hand-out';
import { RescueLoadPage } from './rescue-load-page';
import { freshDisk } from './testing/store';

const account = { id: 'a', role: 'mediator', name: 'Ilze B.', state: 'active' };
const nothing = { things: 0, drafts: 0, from: null, to: null, loadedAt: null };
const some = { things: 2, drafts: 1, from: '2026-11-20', to: '2026-11-23', loadedAt: '2026-11-23T12:00:00.000Z' };

async function opened(
  load: (body: unknown) => unknown,
  { standing = nothing, state = 'active' }: { standing?: object; state?: string } = {},
) {
  const page = await renderPage(
    RescueLoadPage,
    {
      'GET /api/accounts/a': () => ({ ...account, state }),
      'GET /api/accounts/a/rescued': () => standing,
      'POST /api/accounts/a/rescue-files': load,
    },
    { inputs: { id: 'a' } },
  );
  const choose = async (file: File) => {
    const field = page.one<HTMLInputElement>('input[type=file]');
    Object.defineProperty(field, 'files', { configurable: true, value: [file] });
    field.dispatchEvent(new Event('change'));
    for (let tries = 0; tries < 20 && page.page.querySelector('tl-notice') === null; tries++)
      await new Promise((done) => setTimeout(done, 10));
    await page.settle();
  };
  return { ...page, choose };
}

describe('Loading a rescue file', () => {
  it('sends it as it is, and says how much was in it', async () => {
    const loaded = { madeAt: '2026-11-23T11:42:00.000Z', things: 3, drafts: 1, atOffice: 1, added: 3 };
    const { choose, page, text, asked } = await opened(() => loaded);
    await choose(new File([Uint8Array.of(0, 1, 254, 255)], 'tilts-2026-11-23-1342.tilts'));
    expect(asked.find(({ what }) => what.startsWith('POST'))?.body).toEqual({ file: 'AAH+/w==' });
    for (const words of [
      text('sync.rescueLoad.done'),
      text('sync.rescueLoad.atOffice', { count: 1 }),
      text('sync.rescueLoad.added', { count: 3 }),
    ])
      expect(page.textContent).toContain(words);
  });

  it('says when there is nothing new in it', async () => {
    const loaded = { madeAt: '2026-11-23T11:42:00.000Z', things: 3, drafts: 0, atOffice: 3, added: 0 };
    const { choose, page, text } = await opened(() => loaded);
    await choose(new File(['x'], 'a.tilts'));
    expect(page.textContent).toContain(text('sync.rescueLoad.nothingNew'));
    expect(page.textContent).not.toContain(text('sync.rescueLoad.done'));
  });

  it.each(['UNKNOWN', 'DAMAGED', 'FOREIGN', 'OF_ANOTHER', 'NEWER'] as const)('says in plain words: %s', async (why) => {
    const { choose, page, text } = await opened(() => new Refusal(422, `RESCUE_FILE_${why}`));
    await choose(new File(['x'], 'a.tilts'));
    expect(page.querySelector('[role=alert]')?.textContent).toContain(text(`errors.RESCUE_FILE_${why}`));
  });

  it('asks the server nothing about what is far too large', async () => {
    const { choose, page, text, asked } = await opened(() => new Refusal(500, 'INTERNAL'));
    await choose(Object.defineProperty(new File(['x'], 'film.mp4'), 'size', { value: rescueFileLimit + 1 }));
    expect(page.textContent).toContain(text('sync.rescueLoad.tooLarge'));
    expect(asked.some(({ what }) => what.startsWith('POST'))).toBe(false);
  });

  it('says what waits, and that nobody takes it when the account has ended', async () => {
    const waits = await opened(() => null, { standing: some, state: 'ended' });
    expect(waits.page.textContent).toContain(waits.text('sync.rescueLoad.waits', { things: 2, drafts: 1 }));
    expect(waits.page.textContent).toContain(waits.text('sync.rescueLoad.ended'));
    expect(waits.page.textContent).not.toContain(waits.text('sync.rescueLoad.goesOn'));
  });
});

it('A phone that never heard for whom to encrypt says so, and makes no file', async () => {
  freshDisk();
  const { page, press, text } = await renderPage(RescueCard, {}, { inputs: { account: 'a' } });
  await press(text('sync.rescue.save'));
  for (let tries = 0; tries < 100 && page.querySelector('tl-notice') === null; tries++)
    await new Promise((done) => setTimeout(done, 20));
  expect(page.querySelector('[role=alert]')?.textContent).toContain(text('sync.rescue.noKey'));
});

describe('Handing out a rescue file', () => {
  const file = { name: 'tilts-2026-11-23-1342.tilts', bytes: Uint8Array.of(1, 2, 3) };
  const sharing = (share: (given: { files: File[] }) => Promise<void>, can = true) =>
    Object.assign(navigator, { share, canShare: () => can });
  const saved: string[] = [];
  beforeEach(() => {
    saved.length = 0;
    Object.assign(URL, { createObjectURL: () => 'blob:file', revokeObjectURL: () => undefined });
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push(this.download);
    };
  });
  afterEach(() => {
    for (const name of ['share', 'canShare']) Reflect.deleteProperty(navigator, name);
  });

  it('goes by the way of the phone where it takes such files', async () => {
    const given: string[] = [];
    sharing(({ files }) => Promise.resolve(void given.push(...files.map(({ name }) => name))));
    expect([await handOut(file), given, saved]).toEqual(['given', [file.name], []]);
  });

  it('is saved where that cannot be, or goes wrong', async () => {
    expect(await handOut(file)).toBe('saved');
    sharing(() => Promise.resolve(), false);
    expect(await handOut(file)).toBe('saved');
    sharing(() => Promise.reject(new DOMException('', 'NotAllowedError')));
    expect(await handOut(file)).toBe('saved');
    expect(saved).toEqual([file.name, file.name, file.name]);
  });

  it('leaves no file behind when its person thinks better of it', async () => {
    sharing(() => Promise.reject(new DOMException('', 'AbortError')));
    expect([await handOut(file), saved]).toEqual(['notGiven', []]);
  });
});
