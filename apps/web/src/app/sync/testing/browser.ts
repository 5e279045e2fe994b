import { readContent, visitEndpoints, type Me, type NewVisit, type VisitView } from '@tilts/domain';
import { aVisit } from '@tilts/testing';
import type { AnyEndpoint } from '../../platform/exchange';
import type { Given } from '../../platform/local-copy';
import { PhoneCopy } from '../phone-copy';
import { Signs } from '../signs';
import type { Transport } from '../transport';
import { TestOffice, aBundle, aMediator } from './office';
import { freshDisk, tabLocks } from './store';

const bearer = { token: () => 'token', renew: () => Promise.resolve(true) };

/** A tab of it, in which somebody is signed in. */
export interface Tab {
  copy: PhoneCopy;
  signs: Signs;
}

/** A browser with an empty disk, a mediator with one family in front of it, and the office at the other end of the line. */
export class TestBrowser {
  readonly office = new TestOffice();
  readonly bundle = aBundle();
  readonly #opened: PhoneCopy[] = [];

  constructor(readonly me: Me = aMediator()) {
    freshDisk();
    tabLocks();
    this.office.families = [this.bundle];
  }

  async open(transport: Transport = this.office.transport, theirs = bearer): Promise<Tab> {
    const signs = new Signs();
    const copy = await PhoneCopy.open(this.me, theirs, signs, transport);
    this.#opened.push(copy);
    return { copy, signs };
  }

  close(): void {
    for (const copy of this.#opened.splice(0)) copy.close();
  }

  visit(note = 'Runājām par skolu'): Omit<NewVisit, 'rules'> {
    return aVisit({ id: this.bundle.family.id }, { note });
  }

  async log({ copy }: Tab, note?: string): Promise<VisitView> {
    return (await ask(copy, visitEndpoints.create, { input: this.visit(note) })) as VisitView;
  }

  get atOffice(): unknown[] {
    const { applied, direct } = this.office;
    return [...applied.map((command) => readContent(command).input['id']), ...direct.map(({ id }) => id)];
  }
}

export async function ask(copy: PhoneCopy, endpoint: AnyEndpoint, given: Given = {}): Promise<unknown> {
  const held = await copy.answer(endpoint, given);
  if (!held) throw new Error('not held here');
  return held.output;
}

/** All that the phone had begun is over. */
export async function settled({ copy }: Tab): Promise<void> {
  await copy.now().catch(() => undefined);
  await copy.now().catch(() => undefined);
}
