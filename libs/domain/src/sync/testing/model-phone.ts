import type { BatchResult, Command, CommandBatch, DeviceStanding } from '../command.js';
import { newId } from '../../fields/id.js';
import { numberCommand, readContent, type Asked } from '../content.js';
import { FamilyChange } from '../../families/family.js';
import { mergeFields } from '../merge.js';
import { unsettled, type OutboxEntry } from '../outbox-entry.js';
import { nextNumber, standing } from '../outbox-standing.js';
import * as outbox from '../outbox.js';
import type { Liar } from './liars.js';
import type { Header, ModelOffice } from './model-office.js';

/** One phone: its fields are what its store keeps, so a killed browser loses none of them. */
export class ModelPhone {
  entries: readonly OutboxEntry[] = [];
  numbered = 0;
  generation: string | null = null;
  said: DeviceStanding | null = null;
  copy = new Map<string, Header>();
  /** Applied, and not in the copy yet. */
  private unshown: Command[] = [];
  /** How far its clock is off, in milliseconds. */
  clock = 0;

  constructor(
    readonly id: string,
    private readonly liar: Liar | null,
  ) {}

  /** Any tab: the number is taken in the step that keeps the command. */
  do(asked: Asked, time: number): void {
    this.entries = outbox.add(this.entries, numberCommand(asked, this.takeNumber(), this.now(time)));
  }

  sendAgain(id: string, time: number, changed?: { content: string; base?: string | null }): void {
    this.entries = outbox.sendAgain(this.entries, id, { seq: this.takeNumber(), now: this.now(time) }, changed);
  }

  begin(commands: number): CommandBatch | null {
    const { generation, numbered } = this;
    const batch = outbox.nextBatch(this.entries, { commands, bytes: 100_000 });
    return batch.length > 0 && generation ? { deviceId: this.id, numbered, generation, commands: batch } : null;
  }

  /** `answer` null: none came. `knew`: what the office had said when the batch was sent. */
  end(batch: CommandBatch, answer: BatchResult | null, knew: DeviceStanding | null, time: number): void {
    if (answer) this.hear(answer, knew, time);
    else if (this.liar === 'newIdOnRetry')
      this.entries = this.entries.map((entry) =>
        batch.commands.includes(entry.command)
          ? { ...entry, command: { ...entry.command, id: newId(), seq: this.takeNumber() } }
          : entry,
      );
  }

  pull(office: ModelOffice, time: number): void {
    this.hear(office.standing(this.id), this.said, time);
    this.copy = new Map([...office.kept.families].map(([id, { by: _by, ...header }]) => [id, header]));
    this.unshown = [];
    this.entries = outbox.forgetOld(this.entries, new Date(time).toISOString());
  }

  /** A family as its form shows it: the copy, and over it what is not in the copy yet. */
  view(familyId: string): Header | null {
    let view = this.copy.get(familyId) ?? null;
    for (const command of [...this.unshown, ...unsettled(this.entries).map((entry) => entry.command)]) {
      const { params, input } = readContent(command);
      if (!view || command.operation !== 'PUT /families/{id}' || params['id'] !== familyId) continue;
      const base = JSON.parse(command.base ?? '{}') as object;
      view = { ...(mergeFields<object>(FamilyChange, base, input, view).merged as Header), version: view.version };
    }
    return view;
  }

  get standing(): ReturnType<typeof standing> {
    return standing(this.entries, this.said, this.numbered, this.generation);
  }

  /** `time` is the office's, as it said it with its answer: the phone's own clock may be a year off. */
  private hear(answer: BatchResult | DeviceStanding, knew: DeviceStanding | null, time: number): void {
    const now = new Date(time).toISOString();
    const before = this.entries;
    // Another tab may have asked meanwhile, and heard it already; or this is the older answer.
    const isBlind = this.liar === 'asksForGenerationsOnly' && answer.generation === this.generation;
    const isNews = !isBlind && outbox.wasSetBack(knew, answer) && outbox.wasSetBack(this.said, answer);
    this.entries = outbox.takeAnswer(before, answer, isNews ? knew : null, now);
    const applied = 'results' in answer ? answer.results.filter(({ outcome }) => outcome.endsWith('pplied')) : [];
    for (const { id } of applied)
      this.unshown.push(...before.flatMap(({ command }) => (command.id === id ? [command] : [])));
    if (this.liar === 'dropsRefusals') this.entries = this.entries.filter(({ state }) => state !== 'refused');
    const { generation, receivedUpTo, receivedAbove } = answer;
    this.generation = generation;
    if (isNews || !outbox.wasSetBack(this.said, answer)) this.said = { generation, receivedUpTo, receivedAbove };
  }

  private takeNumber(): number {
    return (this.numbered = nextNumber(this.numbered, this.said));
  }

  private now(time: number): string {
    return new Date(time + this.clock).toISOString();
  }
}

/** The words of the model stand in a command when it brings them, not when it only read them. */
export function brings(command: Command, token: string): boolean {
  return command.content.includes(token) && !(command.base ?? '').includes(token);
}
