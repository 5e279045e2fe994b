// Phones and offices that lie, each in one step. The proof is worth something only because it catches every one of them.
import { newId } from '@tilts/domain';
import { Phone } from './phone.mjs';

/** What was not answered is made anew, as a form does that is sent a second time. */
class NewIdOnRetry extends Phone {
  /** @override */
  onSilence({ commands }) {
    const sent = new Set(commands.map(({ id }) => id));
    this.entries = this.entries.map((entry) => {
      if (!sent.has(entry.command.id)) return entry;
      const command = { ...entry.command, id: newId(), seq: (this.numbered += 1) };
      this.anew.set(entry.command.id, command.id);
      return { ...entry, command };
    });
  }

  anew = new Map();

  /** @override */
  stateOf(commandId) {
    return super.stateOf(this.#newest(commandId));
  }

  /** @override */
  entryOf(commandId) {
    return super.entryOf(this.#newest(commandId));
  }

  #newest(commandId) {
    const newer = this.anew.get(commandId);
    return newer ? this.#newest(newer) : commandId;
  }
}

/** „Sent” is shown as „at the office”. */
class AckBeforeCommit extends Phone {
  /** @override */
  onSending({ commands }) {
    const blank = { code: null, params: null, fields: [], version: null, clashes: [], output: null };
    const results = commands.map(({ id, seq }) => ({ ...blank, id, seq, outcome: 'applied' }));
    const said = { generation: this.generation, receivedUpTo: this.numbered, receivedAbove: [] };
    this.take({ ...said, results });
  }
}

/** In a clash the later clock wins, and nobody is asked. */
class ClientClockWins extends Phone {
  /** @override */
  take(answer) {
    super.take(answer);
    for (const { command, result, state } of this.entries) {
      if (state !== 'conflict' || !result || this.anew.has(command.id)) continue;
      const mineIsLater = Date.parse(command.madeAt) > Date.now();
      const values = result.clashes.map(({ field, mine, theirs }) => [field, JSON.parse(mineIsLater ? mine : theirs)]);
      this.anew.set(command.id, this.choose(command.id, Object.fromEntries(values)));
    }
  }

  anew = new Map();

  /** @override */
  stateOf(commandId) {
    const newer = this.anew.get(commandId);
    return newer ? this.stateOf(newer) : super.stateOf(commandId);
  }
}

/** What the office refused is forgotten, so that the list looks tidy. */
class DroppedRefusal extends Phone {
  /** @override */
  take(answer) {
    super.take(answer);
    this.entries = this.entries.filter(({ state }) => state !== 'refused');
  }
}

/** By name: which part shows it, on what phone, and what is done to the office. */
export const LIARS = {
  'new-id-on-retry': { part: 'c', Kind: NewIdOnRetry },
  'ack-before-commit': { part: 'b', Kind: AckBeforeCommit },
  'client-clock-wins': { part: 'c', Kind: ClientClockWins },
  'dropped-refusal': { part: 'c', Kind: DroppedRefusal },
  // PostgreSQL answers before its log is on the disk.
  'commit-not-kept': { part: 'a', victims: ['PostgreSQL'], isDurable: false },
};
