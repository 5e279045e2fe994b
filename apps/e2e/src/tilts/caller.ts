import type { FamilyView, Page, SessionStarted, VisitView } from '@tilts/domain';
import { demoPassword } from '../pages/sign-in.js';

/** A program that speaks to the API of one Tilts as a mediator, without a page. */
export class Caller {
  private constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  static async signIn(address: string, email: string): Promise<Caller> {
    const { accessToken } = (await json(await fetch(`${address}/api/sessions`, posting({ email, password: demoPassword })))) as SessionStarted;
    return new Caller(address, accessToken);
  }

  async families(): Promise<FamilyView[]> {
    return ((await this.#get('/families')) as Page<FamilyView>).items;
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
    for (let after = ''; ; ) {
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
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) } };
}

async function json(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
