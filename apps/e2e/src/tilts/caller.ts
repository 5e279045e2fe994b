import type {
  AccountView,
  AssignmentView,
  ConsentView,
  FamilyView,
  InstitutionRecord,
  MessageView,
  MunicipalityView,
  Page,
  PersonView,
  Problem,
  ProjectView,
  ReferralView,
  SessionStarted,
  VisitView,
} from '@tilts/domain';
import { dayOf, newId } from '@tilts/domain';
import type { Language } from '@tilts/i18n';
import { demoPassword } from '../pages/sign-in.js';
import { nextDemoCode } from './demo-code.js';

/** A program that speaks to the API of one Tilts as somebody, without a page. */
export class Caller {
  private constructor(
    private readonly address: string,
    /** Their access token. */
    readonly bearer: string,
  ) {}

  /** A second factor's code serves once in half a minute, so that who has one stays signed in for a while. */
  static readonly #stay = new Map<string, { caller: Caller; until: number }>();

  static async signIn(address: string, email: string): Promise<Caller> {
    const known = this.#stay.get(`${address} ${email}`);
    if (known && known.until > Date.now()) return known.caller;
    const first = await fetch(`${address}/api/sessions`, posting({ email, password: demoPassword }));
    if (first.status !== 401) return new Caller(address, ((await json(first)) as SessionStarted).accessToken);
    const second = (await json(await secondStep(address, first))) as SessionStarted;
    const caller = new Caller(address, second.accessToken);
    this.#stay.set(`${address} ${email}`, { caller, until: Date.now() + 200_000 });
    return caller;
  }

  async accounts(): Promise<AccountView[]> {
    return ((await this.#get('/accounts?limit=100')) as Page<AccountView>).items;
  }

  async families(): Promise<FamilyView[]> {
    return ((await this.#get('/families')) as Page<FamilyView>).items;
  }

  async persons(): Promise<PersonView[]> {
    return ((await this.#get('/persons')) as Page<PersonView>).items;
  }

  async referrals(): Promise<ReferralView[]> {
    return ((await this.#get('/referrals?limit=100')) as Page<ReferralView>).items;
  }

  /** The first of each thing that a coordinator keeps; of the institutions one with services. */
  async registry(): Promise<Record<'project' | 'assignment' | 'municipality' | 'institution' | 'service', string>> {
    const listOf = async <V>(path: string): Promise<V[]> => ((await this.#get(path)) as Page<V>).items;
    const [project] = await listOf<ProjectView>('/projects');
    const [assignment] = await listOf<AssignmentView>('/assignments');
    const [municipality] = await listOf<MunicipalityView>('/municipalities');
    const institutions = await listOf<InstitutionRecord>('/directory/register?limit=100');
    const institution = institutions.find(({ services }) => services.length > 0);
    return {
      project: project?.id ?? '',
      assignment: assignment?.id ?? '',
      municipality: municipality?.id ?? '',
      institution: institution?.id ?? '',
      service: institution?.services[0]?.id ?? '',
    };
  }

  /** A coordinator lets another mediator work where that family lives, and gives them the family. */
  async handOver(family: FamilyView, fromEmail: string, toEmail: string): Promise<void> {
    const accounts = await this.accounts();
    const idOf = (email: string): string => accounts.find((account) => account.email === email)?.id ?? '';
    const [from, to, today] = [idOf(fromEmail), idOf(toEmail), dayOf(new Date())];
    const { municipalityId } = family;
    const assignments = ((await this.#get('/assignments?limit=100')) as Page<AssignmentView>).items.filter(
      (one) => one.municipalityId === municipalityId && (one.endsOn === null || one.endsOn >= today),
    );
    const projectId = assignments.find(({ mediatorId }) => mediatorId === from)?.projectId;
    if (!assignments.some(({ mediatorId }) => mediatorId === to)) {
      const assignment = { id: newId(), projectId, municipalityId, mediatorId: to };
      await this.write('/assignments', { ...assignment, startsOn: today, endsOn: null, hoursPerWeek: 4 });
    }
    await this.write(`/accounts/${from}/hand-over`, {
      ...{ municipalityId, toMediatorId: to, on: today, familyIds: [family.id] },
    });
  }

  /** A coordinator ends every session of an account. */
  async signOutEverywhere(account: string): Promise<void> {
    const headers = { authorization: `Bearer ${this.bearer}` };
    const answer = await fetch(`${this.address}/api/accounts/${account}/sessions`, { method: 'DELETE', headers });
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  }

  /** The language of the pages from the next sign-in on. */
  async speak(language: Language): Promise<void> {
    await json(await fetch(`${this.address}/api/me`, { ...posting({ language }, this.bearer), method: 'PUT' }));
  }

  /** The status of the answer, or undefined when there was none: the server died first. */
  async log(visit: object): Promise<number | undefined> {
    try {
      const answer = await fetch(`${this.address}/api/visits`, posting(visit, this.bearer));
      await answer.text();
      return answer.status;
    } catch {
      return undefined;
    }
  }

  /** Ids of all visits of a family, as often as they are there. */
  async visitIds(familyId: string): Promise<string[]> {
    return (await this.visits(familyId)).map(({ id }) => id);
  }

  async visits(familyId: string): Promise<VisitView[]> {
    const visits: VisitView[] = [];
    for (let after = ''; ;) {
      const page = (await this.#get(`/visits?familyId=${familyId}&limit=100${after}`)) as Page<VisitView>;
      visits.push(...page.items);
      if (!page.next) return visits;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
  }

  async consents(familyId: string): Promise<ConsentView[]> {
    return ((await this.#get(`/consents?familyId=${familyId}`)) as Page<ConsentView>).items;
  }

  async messages(referralId: string): Promise<MessageView[]> {
    return ((await this.#get(`/referrals/${referralId}/messages?limit=100`)) as Page<MessageView>).items;
  }

  /** Writes something whose answer nobody needs. */
  async write(path: string, content: object): Promise<void> {
    await json(await fetch(`${this.address}/api${path}`, posting(content, this.bearer)));
  }

  async #get(path: string): Promise<unknown> {
    return json(await fetch(`${this.address}/api${path}`, { headers: { authorization: `Bearer ${this.bearer}` } }));
  }
}

/** As a browser goes on: with the ticket and the cookie of the first step. */
async function secondStep(address: string, first: Response): Promise<Response> {
  const { code, params } = (await first.json()) as Problem;
  if (code !== 'SECOND_FACTOR_ASKED') throw new Error(`${first.url}: ${code}`);
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  // A code that another run of the tests has used is followed by the next.
  for (let tries = 1; ; tries++) {
    const request = posting({ ticket: params['ticket'], code: await nextDemoCode() });
    const headers = { ...request.headers, cookie };
    const answer = await fetch(`${address}/api/sessions/second-step`, { ...request, headers });
    if (answer.ok || tries === 4) return answer;
  }
}

function posting(body: object, token?: string): RequestInit {
  return {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
  };
}

async function json(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
