import {
  add,
  answerOf,
  checkInput,
  chosen,
  contentOf,
  errorCodes,
  keptAnswer,
  lostWith,
  nextNumber,
  numberCommand,
  operationOf,
  outputOf,
  readContent,
  sendAgain,
  standing,
  syncEndpoints,
  throwAway,
  tickOffGaps,
  unsettled,
  whereIs,
  type Command,
  type DeviceStanding,
  type ErrorCode,
  type FieldProblem,
  type HeldCopy,
  type Me,
} from '@tilts/domain';
import type { Bearer } from '../platform/call';
import { CallProblem, type AnyEndpoint } from '../platform/exchange';
import type { Given, Whereabouts } from '../platform/local-copy';
import { askToPersist, spaceTaken } from './browser-storage';
import { recallDevice, rememberAccount, rememberDevice, type DeviceMemory } from './device-memory';
import { Copy } from './held-copy';
import type { Kept, Outbox, OutboxAfter } from './kept';
import { LocalStore } from './local-store';
import { Office } from './office';
import { aloneAmongTabs, oneAtATime } from './one-at-a-time';
import { OutboxRunner, highest, type Handed } from './outbox-runner';
import { PhoneDrafts } from './phone-drafts';
import { Puller } from './puller';
import { HeadersRead } from './headers-read';
import { RescuedWork } from './rescued-work';
import { Rounds, type Went } from './rounds';
import type { Signs } from './signs';
import type { Transport } from './transport';
import { aboutOf, asUnsent, paramsIn, unsentOf, withAbout, withAboutOfReplaced, type Unsent } from './unsent';

/** Milliseconds that a page waits for the office before it goes on with what the phone knows; less where it was not reached before. */
const waitsForOffice = 4_000;
const waitsWithoutNetwork = 1_000;
/** A first download leaves the slow line to the page that is being opened. */
const firstPullAfter = 1_500;

/** A mediator's phone at work: answers from its copy, writes down what is done, hands it in and fetches what is new. */
export class PhoneCopy {
  readonly #copy = new Copy();
  readonly #headers = new HeadersRead();
  readonly #office: Office;
  readonly #outboxRunner: OutboxRunner;
  readonly #puller: Puller;
  readonly #drafts: PhoneDrafts;
  readonly #rescued: RescuedWork;
  readonly #rounds: Rounds;
  readonly #tabs: BroadcastChannel | null;
  /** What operations answered that this page has handed in, for who waits for it. */
  readonly #outputs = new Map<string, unknown>();
  #outbox: Outbox = { entries: [], numbered: 0, office: { generation: null, said: null, cursor: null, at: null } };
  #me: Me;
  /** The highest number that was ever given here, as far as this browser remembers beside the store. */
  #given = 0;
  #closed = false;

  private constructor(
    private readonly store: LocalStore,
    readonly deviceId: string,
    me: Me,
    bearer: Pick<Bearer, 'token' | 'renew'>,
    private readonly signs: Signs,
    transport?: Transport,
  ) {
    this.#me = me;
    this.#office = new Office(bearer, transport);
    this.#outboxRunner = new OutboxRunner(this.store, this.#office, deviceId, (handed) => this.#handed(handed));
    this.#puller = new Puller(this.store, this.#office, deviceId, {
      held: () => this.#copy,
      outbox: () => this.#outbox,
      heard: ({ generation, receivedUpTo, receivedAbove }, knew) =>
        this.#outboxRunner.heard({ generation, receivedUpTo, receivedAbove }, knew),
      fetched: (step, outbox) => {
        if (outbox) this.#outbox = outbox;
        this.#rememberDevice();
        if (this.#copy.add(step) || step.entries) this.#show();
        else this.#tell();
        this.#say('copy');
      },
      progress: (of) => this.signs.progress.set(of),
    });
    this.#drafts = new PhoneDrafts(
      this.store,
      this.#office,
      () => {
        this.#show();
        this.#say('drafts');
      },
      () => this.signs.online(),
    );
    const nextIn = ({ numbered, office }: Outbox): number => this.#nextNumber(numbered, office.said).seq;
    this.#rescued = new RescuedWork(this.store, this.#office, nextIn, (count, after) => this.#tookOver(count, after));
    this.#rounds = new Rounds({ send: () => this.#send(), pull: () => this.#pull() }, signs);
    this.#tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`tilts-${me.id}`);
    this.#tabs?.addEventListener('message', ({ data }) => void this.#heardTab(data as string).catch(() => undefined));
  }

  /** Throws PHONE_NEWER or PHONE_BROKEN: then there is no copy, and everything goes to the office at once. */
  static async open(
    me: Me,
    bearer: Pick<Bearer, 'token' | 'renew'>,
    signs: Signs,
    transport?: Transport,
  ): Promise<PhoneCopy> {
    const opened: { copy?: PhoneCopy } = {};
    const store = await LocalStore.open(me.id, (why) => opened.copy?.lost(why));
    try {
      const device = await store.device(recallDevice(me.id).device);
      await store.keepMe(me).catch(unlessFull(signs));
      rememberAccount(me.id);
      const copy = (opened.copy = new PhoneCopy(store, device, me, bearer, signs, transport));
      await copy.#begin();
      return copy;
    } catch (problem) {
      (opened.copy ?? store).close();
      throw problem;
    }
  }

  /** The store went away under us. */
  onLost: (why: CallProblem) => void = () => undefined;
  lost(why: CallProblem): void {
    this.close();
    this.onLost(why);
  }

  know(me: Me): void {
    if (JSON.stringify(me) === JSON.stringify(this.#me)) return;
    this.#me = me;
    void this.store.keepMe(me).catch(() => undefined);
    this.#show();
  }

  close(): void {
    this.#closed = true;
    this.#rounds.close();
    this.#tabs?.close();
    this.store.close();
  }

  /** Signed out, or the office has ended the session: what came from it leaves. */
  async leave(): Promise<void> {
    this.#say('left');
    try {
      await this.store.leave();
    } finally {
      this.close();
    }
  }

  // Reading and writing

  async answer(endpoint: AnyEndpoint, given: Given): Promise<{ output: unknown } | undefined> {
    if (this.#closed) return undefined;
    if (this.#drafts.isAbout(endpoint)) return this.#drafts.answer(endpoint, given);
    if (endpoint.method === 'GET') {
      const output: unknown = answerOf(endpoint, given, this.#seen());
      this.#headers.note(endpoint, given, output);
      return output === undefined ? undefined : { output };
    }
    return endpoint.queued ? this.#write(endpoint, given) : undefined;
  }

  where(recordId: string): Whereabouts {
    return whereIs(this.#outbox.entries, recordId);
  }

  async #write(endpoint: AnyEndpoint, { input = {}, params = {} }: Given): Promise<{ output: unknown } | undefined> {
    const { problems } = checkInput(endpoint.input, input);
    if (problems.length > 0) throw new CallProblem('INVALID_INPUT', errorCodes.INVALID_INPUT, problems);
    const base = endpoint.merges ? this.#headers.asRead(endpoint, { input, params }, this.#seen()) : null;
    const asked = { operation: operationOf(endpoint), params, input, base };
    const made: { command?: Command } = {};
    try {
      await this.#change(({ entries, numbered, office }) => {
        const { seq, now } = this.#nextNumber(numbered, office.said);
        const command = (made.command = numberCommand(asked, seq, now));
        return { entries: withAbout(add(entries, command), command, aboutOf(command, this.#seen())) };
      });
    } catch (problem) {
      if (!(problem instanceof CallProblem) || problem.code !== 'PHONE_FULL') throw problem;
      return this.#writeWithoutPhone(endpoint, { input, params }, problem);
    }
    const id = made.command?.id ?? '';
    await this.#untilAnswered(id);
    return { output: this.#outputOf(id, endpoint, { input, params }) };
  }

  /** The disk is full. With nothing before it in the outbox the office takes it at once; else, and without a network, it stays on the page. */
  async #writeWithoutPhone(endpoint: AnyEndpoint, given: Given, full: CallProblem): Promise<{ output: unknown }> {
    this.signs.trouble.set('full');
    if (unsettled(this.#outbox.entries).length > 0) throw full;
    try {
      return { output: await this.#office.call(endpoint, given as never) };
    } catch (problem) {
      throw problem instanceof CallProblem && problem.code === 'OFFLINE' ? full : problem;
    }
  }

  async #untilAnswered(id: string): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise<void>((done) => {
      timer = setTimeout(done, this.signs.online() ? waitsForOffice : waitsWithoutNetwork);
    });
    const answered = this.#answered(id);
    // Whatever stopped it is tried again by itself; the person goes on.
    const stopped = this.#rounds.send().catch(() => undefined);
    await Promise.race([answered, stopped, enough]).finally(() => clearTimeout(timer));
    this.#waiting.delete(id);
  }

  readonly #waiting = new Map<string, () => void>();
  #answered(id: string): Promise<void> {
    return new Promise((done) => this.#waiting.set(id, done));
  }

  #outputOf(id: string, endpoint: AnyEndpoint, given: Given): unknown {
    const entry = this.#outbox.entries.find(({ command }) => command.id === id);
    const { state, result } = entry ?? {};
    if (state === 'refused' && result?.code) {
      const code = result.code as ErrorCode;
      const fields = result.fields.map(({ field, code, params }) => ({ field, code, params: paramsIn(params) }));
      throw new CallProblem(code, errorCodes[code] ?? 422, fields as FieldProblem[], paramsIn(result.params));
    }
    const output = this.#outputs.get(id);
    this.#outputs.delete(id);
    if (output !== undefined) return output;
    // Of a family that is not here yet nothing more can be told than what was written.
    const base = JSON.parse(entry?.command.base ?? 'null') as object | null;
    return outputOf(endpoint, given, this.#seen(), base) ?? (endpoint.output === null ? undefined : given.input);
  }

  // What the pages may do with the outbox

  async unsentCount(): Promise<number> {
    this.#outbox = await this.store.readOutbox();
    this.#tell();
    return unsettled(this.#outbox.entries).length;
  }

  async sendAgain(id: string, input?: object): Promise<void> {
    await this.#change(({ entries, numbered, office }) => {
      const old = entries.find(({ command }) => command.id === id)?.command;
      const changed = old && input && { content: contentOf(readContent(old).params, input) };
      const number = this.#nextNumber(numbered, office.said);
      return { entries: withAboutOfReplaced(sendAgain(entries, id, number, changed)) };
    });
    this.#rounds.wake();
  }

  async resolve(id: string, choice: Readonly<Record<string, 'mine' | 'theirs'>>): Promise<void> {
    await this.#change(({ entries, numbered, office }) => {
      const clash = entries.find(({ command }) => command.id === id);
      if (clash?.state !== 'conflict' || !clash.result) return { entries };
      const values = Object.fromEntries(
        clash.result.clashes.map(({ field, mine, theirs }): [string, unknown] => [
          field,
          JSON.parse(choice[field] === 'theirs' ? theirs : mine),
        ]),
      );
      const number = this.#nextNumber(numbered, office.said);
      const again = sendAgain(entries, id, number, chosen(clash.command, clash.result, values));
      return { entries: withAboutOfReplaced(again) };
    });
    this.#rounds.wake();
  }

  lostWith(id: string): Unsent[] {
    return lostWith(this.#outbox.entries, id).map((entry) => asUnsent(entry, this.#seen()));
  }

  async throwAway(id: string): Promise<void> {
    await this.#change(({ entries }) => ({ entries: throwAway(entries, id, this.#office.now()) }));
    this.#rounds.wake();
  }

  #nextNumber(numbered: number, said: DeviceStanding | null): { seq: number; now: string } {
    return { seq: nextNumber(Math.max(numbered, this.#given), said), now: new Date().toISOString() };
  }

  /** What is unsent, word for word. */
  commands(): Command[] {
    return unsettled(this.#outbox.entries).map(({ command }) => command);
  }

  /** What nobody can read stands in nobody's way from now on, and the office ticks its numbers off. */
  async lessWasSeen(): Promise<void> {
    this.signs.cameBackWithLess.set(false);
    this.#rememberDevice();
    await this.store.layAside();
    const now = new Date().toISOString();
    await this.#change(({ entries, numbered, office }) => ({
      entries: tickOffGaps(entries, numbered, office.said, now),
    }));
    this.#rounds.wake();
  }

  rescuedWasSeen(): void {
    this.signs.rescued.set(0);
    rememberDevice(this.#me.id, { rescued: 0 });
  }

  // When something is done

  /** Hands in and fetches at once. Throws what stopped it. */
  now(): Promise<void> {
    return this.#rounds.now();
  }

  pageOpened(): void {
    this.#rounds.pageOpened();
  }

  /** Something was written past this copy (a list of families): what is shown next shall hold it. */
  async officeChanged(): Promise<void> {
    const enough = new Promise((done) => setTimeout(done, waitsForOffice));
    await Promise.race([this.#rounds.pull(), enough]).catch(() => undefined);
  }

  async #send(): Promise<Went> {
    this.signs.sending.set(unsettled(this.#outbox.entries).some(({ state }) => state === 'waiting'));
    return this.#alone('outbox', () => this.#outboxRunner.run()).finally(() => this.signs.sending.set(false));
  }

  async #pull(): Promise<void> {
    // Beside the sending: a long download holds up nobody's work.
    await this.#alone('pull', () => this.#puller.run());
    await this.#drafts.mirror();
    if (keptAnswer(this.#copy, syncEndpoints.rescueKey)?.waiting) await this.#alone('pull', () => this.#rescued.run());
    this.signs.space.set(await spaceTaken());
  }

  async #tookOver(count: number, after: Outbox): Promise<void> {
    this.#outbox = after;
    this.#drafts.take(await this.store.readDrafts());
    this.signs.rescued.update((before) => before + count);
    rememberDevice(this.#me.id, { rescued: this.signs.rescued() });
    this.#outboxChanged();
    this.#say('drafts');
    this.#rounds.wakeAfter(0);
  }

  #alone<T>(what: string, work: () => Promise<T>): Promise<T> {
    return aloneAmongTabs(`tilts-${what}-${this.#me.id}`, async () => {
      // Another tab may have been at it until now.
      this.#outbox = await this.store.readOutbox();
      return work();
    });
  }

  // What is held

  async #begin(): Promise<void> {
    // Before the store: another tab may write between the two, and what is in the store then is no loss.
    const memory = recallDevice(this.#me.id);
    const kept = await this.store.read();
    this.#take(kept);
    this.signs.rescued.set(memory.rescued);
    await this.#compareWithMemory(kept, memory);
    this.signs.on.set(true);
    this.#show();
    void this.#askOfBrowser().catch(() => undefined);
    this.#rounds.wakeAfter(kept.complete ? 0 : firstPullAfter);
  }

  async #askOfBrowser(): Promise<void> {
    this.signs.persisted.set(await askToPersist(this.#me.id));
    this.signs.space.set(await spaceTaken());
  }

  #take(kept: Kept): void {
    this.#outbox = { entries: kept.entries, numbered: kept.numbered, office: kept.office };
    this.#copy.take(kept);
    this.#drafts.take(kept.drafts);
  }

  /** Does the store still hold what this browser, and the office, know it had? */
  async #compareWithMemory(kept: Kept, memory: DeviceMemory): Promise<void> {
    const here = new Set(kept.entries.map(({ command }) => command.seq));
    const isOther = memory.device !== null && memory.device !== this.deviceId;
    const received = kept.office.said ? highest(kept.office.said) : 0;
    const isLess = memory.numbered > kept.numbered || memory.open.some((seq) => !here.has(seq)) || kept.damaged;
    this.signs.cameBackWithLess.set(isLess);
    // No number is given twice: the office sees the gap. Another device begins anew.
    const given = (this.#given = Math.max(isOther ? 0 : memory.numbered, received, kept.highest));
    try {
      if (given > kept.numbered) await this.#change(({ entries }) => ({ entries, numbered: given }));
      if (kept.damaged) await this.store.fetchAllAnew().then(async () => this.#copy.take(await this.store.read()));
    } catch (problem) {
      unlessFull(this.signs)(problem);
    }
    this.#rememberDevice();
  }

  #rememberDevice(): void {
    // Until its person knows that something is missing, what was here stays remembered.
    if (this.signs.cameBackWithLess()) return;
    const open = this.#outbox.entries.filter(({ state }) => state !== 'settled').map(({ command }) => command.seq);
    rememberDevice(this.#me.id, { device: this.deviceId, numbered: this.#outbox.numbered, open });
  }

  async #change(change: (before: Outbox) => OutboxAfter): Promise<void> {
    this.#outbox = await this.store.outbox(change);
    this.signs.trouble.set(null);
    this.#outboxChanged();
  }

  #handed({ after, results, restored, knowsMore }: Handed): void {
    this.#outbox = after;
    for (const { id, output } of results)
      if (output !== null && this.#waiting.has(id)) {
        const said: unknown = JSON.parse(output);
        this.#outputs.set(id, said);
        this.#copy.hear(id, said);
      }
    if (knowsMore) this.signs.cameBackWithLess.set(true);
    if (restored) this.#copy.forgetStamps();
    this.#outboxChanged();
    for (const { id } of results) this.#waiting.get(id)?.();
  }

  #outboxChanged(): void {
    this.#rememberDevice();
    this.#show();
    this.#say('outbox');
  }

  async #heardTab(what: string): Promise<void> {
    if (this.#closed) return;
    if (what === 'outbox') this.#outbox = await this.store.readOutbox();
    if (what === 'drafts') this.#drafts.take(await this.store.readDrafts());
    if (what === 'copy') await this.#readAnew();
    // Somebody signed out there: nothing is fetched here any more.
    if (what === 'left') this.close();
    for (const { command, state } of this.#outbox.entries) if (state !== 'waiting') this.#waiting.get(command.id)?.();
    this.#show();
  }

  readonly #readAnew = oneAtATime(async () => this.#take(await this.store.read()));

  #say(what: 'outbox' | 'copy' | 'drafts' | 'left'): void {
    if (!this.#closed) this.#tabs?.postMessage(what);
  }

  #seen(): HeldCopy {
    return this.#copy.seen(this.#outbox.entries, this.#drafts.views, this.#me);
  }

  /** Another copy is to be seen: the pages read again. */
  #show(): void {
    if (this.#closed) return;
    this.#tell();
    this.signs.changed.update((number) => number + 1);
  }

  #tell(): void {
    const { entries, numbered, office } = this.#outbox;
    const { needsYou, allSent } = standing(entries, office.said, numbered, office.generation);
    this.signs.unsent.set(unsentOf(entries, this.#seen()));
    this.signs.needsYou.set(needsYou);
    this.signs.allSent.set(allSent);
    this.signs.lastContact.set(office.at);
  }
}

/** A full disk keeps nobody from handing in what is on it. */
function unlessFull(signs: Signs): (problem: unknown) => void {
  return (problem) => {
    if (!(problem instanceof CallProblem) || problem.code !== 'PHONE_FULL') throw problem;
    signs.trouble.set('full');
  };
}
