import {
  add,
  chosen,
  fromRanges,
  inLines,
  newId,
  nextBatch,
  numberCommand,
  readContent,
  sendAgain,
  standing,
  takeAnswer,
  throwAway,
} from '@tilts/domain';
import { NoAnswer, request } from './request.mjs';

const LIMITS = { commands: 50, bytes: 200_000 };

/** A mediator's phone without a screen: the outbox of the app itself, and the way to the office. Liars change single steps of it. */
export class Phone {
  id = newId();
  entries = [];
  numbered = 0;
  generation = null;
  said = null;
  /** Commands in a line of what it sends: so few that whatever happens to a batch happens between them, too. */
  inLine = 10;
  /** Where its requests go; a wire that is cut, or straight to the office. */
  wire;
  #token;
  /** Looked up far more often than changed. */
  #index = new Map();
  #indexed;

  /** `skewMs`: how wrong its clock is. */
  constructor(office, account, skewMs = 0) {
    this.office = office;
    this.account = account;
    this.skewMs = skewMs;
  }

  now() {
    return new Date(Date.now() + this.skewMs).toISOString();
  }

  /** Somebody did something: written down, and from here on never lost. Answers the id of its command. */
  write(asked) {
    const command = numberCommand(asked, (this.numbered += 1), this.now());
    this.entries = add(this.entries, command);
    return command.id;
  }

  batch(commands = nextBatch(this.entries, LIMITS)) {
    return { deviceId: this.id, numbered: this.numbered, generation: this.generation, commands };
  }

  /** Sends what comes next. Answers whether the office said what became of it; false too when there was nothing to send. */
  async exchange() {
    const batch = this.batch();
    if (batch.commands.length === 0) return false;
    this.onSending(batch);
    try {
      this.take(await this.hand(batch));
      return true;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.onSilence(batch);
      return false;
    }
  }

  /** Hands in a batch, whichever, and takes nothing. */
  async hand(batch) {
    const { status, body } = await this.ask({
      method: 'POST',
      path: '/api/sync/commands',
      lines: inLines(batch, { longest: this.inLine, shortest: 1, partOfTheRest: 1 }),
    });
    if (status !== 200) throw new Error(`The office refused a whole batch: ${status} ${JSON.stringify(body)}`);
    return fromRanges(body, batch);
  }

  take(answer) {
    const knew = this.generation && { generation: this.generation, receivedUpTo: 0, receivedAbove: [] };
    this.entries = takeAnswer(this.entries, answer, knew, this.now());
    // An answer to an earlier question may come later.
    const isOlder = this.said?.generation === answer.generation && this.said.receivedUpTo > answer.receivedUpTo;
    if (!isOlder) this.said = answer;
    this.generation = answer.generation;
  }

  /** Asks the office only where it stands, as at every start. */
  async look() {
    const { status, body } = await this.ask({ path: `/api/sync/changes?deviceId=${this.id}` });
    if (status !== 200) throw new Error(`The office does not say where it stands: ${status} ${JSON.stringify(body)}`);
    this.take(body);
    return body;
  }

  async families(ids) {
    const query = ids.map((id) => `ids=${id}`).join('&');
    const { status, body } = await this.ask({ path: `/api/sync/families?${query}` });
    if (status !== 200) throw new Error(`The office does not give families: ${status} ${JSON.stringify(body)}`);
    return body.bundles;
  }

  /** A busy or starting office is the same to a phone as none. */
  async ask(asked) {
    for (let tries = 0; ; tries += 1) {
      this.#token ??= await this.#signIn();
      const answer = await request(this.wire?.port ?? this.office.port, { ...asked, token: this.#token });
      if (answer.status >= 500) throw new NoAnswer(`answered with ${answer.status}`);
      if (answer.status !== 401 || tries === 1) return answer;
      this.#token = undefined;
    }
  }

  async #signIn() {
    const { email, password } = this.account;
    const asked = { method: 'POST', path: '/api/sessions', body: { email, password } };
    const { status, body } = await request(this.office.port, asked);
    if (status >= 500) throw new NoAnswer(`answered with ${status}`);
    if (status >= 400) throw new Error(`${email} cannot sign in: ${status} ${JSON.stringify(body)}`);
    return body.accessToken;
  }

  entryOf(commandId) {
    if (this.#indexed !== this.entries) {
      this.#indexed = this.entries;
      this.#index = new Map(this.entries.map((entry) => [entry.command.id, entry]));
    }
    return this.#index.get(commandId);
  }

  /** What the person is shown about something they did. */
  stateOf(commandId) {
    const entry = this.entryOf(commandId);
    if (!entry) return 'gone';
    if (entry.thrownAway) return 'thrownAway';
    if (entry.state !== 'settled') return entry.state;
    return ['applied', 'alreadyApplied'].includes(entry.result?.outcome) ? 'office' : 'gone';
  }

  isWaiting() {
    return this.entries.some(({ state }) => state === 'waiting');
  }

  standing() {
    return standing(this.entries, this.said, this.numbered, this.generation);
  }

  /** The person corrected what was refused, and it goes anew. Answers the id of the new command. */
  correct(commandId, change) {
    const { params, input } = readContent(this.entryOf(commandId).command);
    const content = JSON.stringify({ params, input: { ...input, ...change } });
    return this.#again(commandId, { content });
  }

  /** The person saw both texts of a clash and chose. */
  choose(commandId, values) {
    const { command, result } = this.entryOf(commandId);
    return this.#again(commandId, chosen(command, result, values));
  }

  throwAway(commandId) {
    this.entries = throwAway(this.entries, this.entryOf(commandId).command.id, this.now());
  }

  #again(commandId, changed) {
    const before = this.entries.length;
    const { id } = this.entryOf(commandId).command;
    const number = { seq: this.numbered + 1, now: this.now() };
    this.entries = sendAgain(this.entries, id, number, changed);
    if (this.entries.length === before) throw new Error('It could not be sent again');
    this.numbered += 1;
    return this.entries.at(-1).command.id;
  }

  /** Where a liar begins: before a batch goes, when no answer came. */
  onSending(_batch) {}
  onSilence(_batch) {}
}
