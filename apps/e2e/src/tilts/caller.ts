import type { FamilyView, Page, PersonView, ReferralView, SessionStarted, VisitView } from '@tilts/domain';
import { demoPassword } from '../pages/sign-in.js';

/** A program that speaks to the API of one Tilts as somebody, without a page. */
export class Caller {
  private constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  static async signIn(address: string, email: string): Promise<Caller> {
    const { accessToken } = (await json(
      await fetch(`${address}/api/sessions`, posting({ email, password: demoPassword })),
    )) as SessionStarted;
    return new Caller(address, accessToken);
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

  /** The language of the pages from the next sign-in on. */
  async speak(language: 'lv' | 'en'): Promise<void> {
    await json(await fetch(`${this.address}/api/me`, { ...posting({ language }, this.token), method: 'PUT' }));
  }

  /** The status of the answer, or undefined when there was none: the server died first. */
  async log(visit: object): Promise<number | undefined> {
    try {
      const answer = await fetch(`${this.address}/api/visits`, posting(visit, this.token));
      await answer.text();
      return answer.status;
    } catch {
      return undefined;
    }
  }

  /** Ids of all visits of a family, as often as they are there. */
  async visitIds(familyId: string): Promise<string[]> {
    const ids: string[] = [];
    for (let after = ''; ;) {
      const page = (await this.#get(`/visits?familyId=${familyId}&limit=100${after}`)) as Page<VisitView>;
      ids.push(...page.items.map((visit) => visit.id));
      if (!page.next) return ids;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
  }

  async #get(path: string): Promise<unknown> {
    return json(await fetch(`${this.address}/api${path}`, { headers: { authorization: `Bearer ${this.token}` } }));
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
