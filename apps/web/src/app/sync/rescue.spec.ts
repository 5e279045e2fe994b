import { createHmac, webcrypto } from 'node:crypto';
import { ReadableStream, TransformStream } from 'node:stream/web';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import {
  draftEndpoints,
  newId,
  numberCommand,
  readContent,
  type Command,
  type DraftView,
  type RescueContents,
  type RescuedPart,
} from '@tilts/domain';
import { accountsWithUnsent } from '../access/left-behind';
import { makeRescueFile } from './rescue-file';
import { TestBrowser, settled, type Tab } from './testing/browser';
import { whileFull } from './testing/store';
import type { Transport } from './transport';

const proof = Buffer.from('a secret of this account and the office').toString('base64url');
const draft = (id: string, content: string, savedAt = '2026-11-23T10:00:00.000Z'): DraftView => ({
  ...{ id, content, savedAt },
  ...{ kind: 'visit', familyId: null },
});
const visitOf = (familyId: string, seq = 1): Command =>
  numberCommand(
    { operation: 'POST /visits', params: {}, input: { id: newId(), familyId } },
    seq,
    '2026-11-20T10:00:00.000Z',
  );

/** The office of another browser, which also keeps what came by rescue files. */
class Rescuing {
  identity = '';
  recipient = '';
  parts: RescuedPart[] = [];
  readonly taken: string[] = [];
  /** Answers are lost from then on. */
  isCutAfter: string | null = null;

  async begin(): Promise<this> {
    this.identity = await generateX25519Identity();
    this.recipient = await identityToRecipient(this.identity);
    return this;
  }

  over(office: Transport): Transport {
    return async (request) => {
      const [path = ''] = request.address.split('?');
      const json = (value: unknown) => ({ status: 200, text: JSON.stringify(value) });
      switch (`${request.method} ${path}`) {
        case 'GET /api/sync/changes': {
          const answer = JSON.parse((await office(request)).text) as { reference: object[] };
          answer.reference.push({ of: 'rescue', stamp: `${this.recipient} ${this.parts.length}`.slice(-40) });
          return json(answer);
        }
        case 'GET /api/sync/rescue-key':
          return json({ recipient: this.recipient, proof, waiting: this.parts.flatMap(({ ids }) => ids).length });
        case 'GET /api/sync/rescued':
          return json(this.parts[0] ?? { ids: [], commands: [], drafts: [] });
        case 'POST /api/sync/rescued/taken': {
          const { ids } = JSON.parse(String(request.body)) as { ids: string[] };
          this.taken.push(...ids);
          this.parts = this.parts.filter((part) => !part.ids.every((id) => ids.includes(id)));
          return { status: 204, text: '' };
        }
        default:
          return office(request);
      }
    };
  }
}

describe('A rescue file', () => {
  let browser: TestBrowser;
  let office: Rescuing;
  const crypto = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  beforeEach(async () => {
    // What every browser has over https, and jsdom has not.
    Object.defineProperty(globalThis, 'crypto', { configurable: true, value: webcrypto });
    Object.assign(globalThis, { ReadableStream, TransformStream });
    browser = new TestBrowser();
    office = await new Rescuing().begin();
  });
  afterEach(() => {
    browser.close();
    if (crypto) Object.defineProperty(globalThis, 'crypto', crypto);
  });

  const open = (): Promise<Tab> => browser.open(office.over(browser.office.transport));
  const opened = async (bytes: Uint8Array): Promise<RescueContents> => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(office.identity);
    const envelope = JSON.parse(await decrypter.decrypt(bytes, 'text')) as { contents: string; proof: string };
    const secret = Buffer.from(proof, 'base64url');
    expect(envelope.proof).toBe(createHmac('sha256', secret).update(envelope.contents).digest('base64url'));
    return JSON.parse(envelope.contents) as RescueContents;
  };

  it('is made without a network, holds every unsent word, and opens for the office alone', async () => {
    const tab = await open();
    await settled(tab);
    browser.office.isReachable = false;
    const note = 'Runājām par ārstu';
    const { id } = await browser.log(tab, note);
    const { copy } = tab;
    await copy.answer(draftEndpoints.save, { params: { id: newId() }, input: { kind: 'visit', content: '{"a":1}' } });
    const file = await makeRescueFile(browser.me.id, '2026-11-23T11:42:00.000Z');
    expect(file).toMatchObject({ name: 'tilts-2026-11-23-1342.tilts', things: 1, drafts: 1, left: 0 });
    const bytes = file?.bytes ?? new Uint8Array();
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /);
    for (const word of ['Runājām', browser.me.id, browser.me.name])
      expect(Buffer.from(bytes).includes(word)).toBe(false);
    const contents = await opened(bytes);
    expect(contents).toMatchObject({ accountId: browser.me.id, deviceId: copy.deviceId, numbered: 1 });
    expect(contents.things.map(({ command, state }) => [command, state])).toEqual([[copy.commands()[0], 'waiting']]);
    expect(readContent(contents.things[0]?.command as Command).input).toMatchObject({ id, note });
    expect(contents.drafts.map(({ content }) => content)).toEqual(['{"a":1}']);
  });

  it('is made also when its person has signed out, and their families have left the phone', async () => {
    const tab = await open();
    await settled(tab);
    browser.office.isReachable = false;
    await browser.log(tab);
    await tab.copy.leave();
    const file = await makeRescueFile(browser.me.id);
    expect((await opened(file?.bytes ?? new Uint8Array())).things).toHaveLength(1);
  });

  it('is offered at the door while something of theirs is here, and no longer', async () => {
    const tab = await open();
    await settled(tab);
    expect(accountsWithUnsent()).toEqual([]);
    browser.office.isReachable = false;
    await browser.log(tab);
    expect(accountsWithUnsent()).toEqual([browser.me.id]);
    await tab.copy.leave();
    expect(accountsWithUnsent()).toEqual([browser.me.id]);
    browser.office.isReachable = true;
    await settled(await open());
    expect(accountsWithUnsent()).toEqual([]);
  });

  it('cannot be made before the phone has heard for whom', async () => {
    browser.office.isReachable = false;
    const tab = await open();
    await browser.log(tab);
    expect(await makeRescueFile(browser.me.id)).toBeNull();
  });

  describe('that was loaded', () => {
    it('goes on from the next phone, under numbers of its own, once', async () => {
      const tab = await open();
      const { signs } = tab;
      await browser.log(tab);
      const commands = [visitOf(browser.bundle.family.id, 7), visitOf(browser.bundle.family.id, 8)];
      const drafts = [draft(newId(), '{"theirs":1}')];
      office.parts = [{ ids: [newId(), newId(), newId()], commands, drafts }];
      await settled(tab);
      await settled(tab);
      expect(office.parts).toEqual([]);
      expect(browser.office.applied.map(({ id, seq }) => [id, seq]).slice(1)).toEqual([
        [commands[0]?.id, 2],
        [commands[1]?.id, 3],
      ]);
      expect(browser.office.drafts.map(({ content }) => content)).toEqual(['{"theirs":1}']);
      expect([signs.rescued(), signs.unsent()]).toEqual([2, []]);

      office.parts = [{ ids: [newId()], commands: commands.slice(0, 1), drafts: [] }];
      await settled(tab);
      expect([signs.rescued(), browser.office.applied.length, office.parts]).toEqual([2, 3, []]);
      // Until its person has read of it, also in a browser that was closed meanwhile.
      const again = await open();
      expect(again.signs.rescued()).toBe(2);
      again.copy.rescuedWasSeen();
      expect((await open()).signs.rescued()).toBe(0);
    });

    it('is told to the office only when it is on the disk', async () => {
      const tab = await open();
      await settled(tab);
      office.parts = [{ ids: [newId()], commands: [visitOf(browser.bundle.family.id)], drafts: [] }];
      await whileFull(() => settled(tab));
      expect([office.taken, browser.office.applied]).toEqual([[], []]);
      await settled(tab);
      expect([office.taken.length, browser.office.applied.length]).toEqual([1, 1]);
    });

    it('brings the draft that was typed last, whichever phone it was typed on', async () => {
      const tab = await open();
      await settled(tab);
      const id = newId();
      await tab.copy.answer(draftEndpoints.save, { params: { id }, input: { kind: 'visit', content: '{"mine":2}' } });
      office.parts = [
        { ids: [newId()], commands: [], drafts: [draft(id, '{"theirs":1}', '2020-01-01T00:00:00.000Z')] },
      ];
      await settled(tab);
      await settled(tab);
      expect([office.parts, browser.office.drafts.map(({ content }) => content)]).toEqual([[], ['{"mine":2}']]);
      const newer = new Date(Date.now() + 3_600_000).toISOString();
      office.parts = [{ ids: [newId()], commands: [], drafts: [draft(id, '{"theirs":3}', newer)] }];
      await settled(tab);
      await settled(tab);
      expect([office.parts, browser.office.drafts.map(({ content }) => content)]).toEqual([[], ['{"theirs":3}']]);
    });
  });
});
