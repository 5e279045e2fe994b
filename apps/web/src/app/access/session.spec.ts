import { TestBed } from '@angular/core/testing';
import { loadCatalogue } from '@tilts/i18n';
import { provideTexts } from '@tilts/ui';
import type { Me, Role, SessionStarted } from '@tilts/domain';
import { Bearer } from '../platform/call';
import { isSignOutOwed, owedLanguage, rememberSignedIn, wasSignedIn } from '../platform/preference';
import { Remembered } from './remembered';
import { Session } from './session';

const aPerson = (role: Role): Me => ({
  id: '01a20000-0000-7000-8000-000000000001',
  role,
  language: 'lv',
  name: 'Ilze B.',
  email: 'ilze@tilts.test',
  institution: null,
  controller: 'Fonds',
  secondFactor: 'none',
  mustSetSecondFactor: false,
  passwordResetAt: null,
  workPlaces: [],
});
const started = (me: Me): SessionStarted => ({ accessToken: 'fresh', expiresIn: 300, me });
const over = () => Response.json({ code: 'SESSION_OVER', fields: [], params: {}, requestId: '1' }, { status: 401 });

/** The network, which is not ours; null: there is none. */
let network: ((address: string) => Response | Promise<Response>) | null = null;
let asked: string[] = [];
/** What the phone remembers. */
let kept: Me | null = null;

function aSession(): Session {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({
    providers: [
      provideTexts((wanted) => loadCatalogue[wanted]()),
      { provide: Bearer, useExisting: Session },
      { provide: Remembered, useValue: { recall: () => Promise.resolve(kept), forget: () => (kept = null) } },
    ],
  });
  return TestBed.inject(Session);
}

describe('A session', () => {
  beforeEach(() => {
    localStorage.clear();
    rememberSignedIn(true);
    [network, kept, asked] = [null, aPerson('mediator'), []];
    global.fetch = async (address) => {
      asked.push(String(address));
      if (!network) throw new TypeError('Failed to fetch');
      return network(String(address));
    };
  });

  it('of a mediator goes on without a network, and gets its token when there is one', async () => {
    const session = aSession();
    expect([await session.resume(), session.role(), session.token()]).toEqual([true, 'mediator', null]);
    network = () => Response.json(started(aPerson('mediator')));
    expect([await session.renew(), session.token()]).toEqual([true, 'fresh']);
  });

  it('goes on after a second when the server does not answer, and ends when its word comes late', async () => {
    let say: (answer: Response) => void = () => undefined;
    network = () => new Promise((done) => (say = done));
    const session = aSession();
    expect([await session.resume(), session.me()?.name]).toEqual([true, 'Ilze B.']);
    say(over());
    await session.renew();
    expect([session.me(), session.ended(), kept, wasSignedIn()]).toEqual([null, 'over', null, false]);
  });

  it('that went on without a network and was ended meanwhile says that, and no more that there is none', async () => {
    const session = aSession();
    await session.resume();
    expect(session.unanswered()?.code).toBe('OFFLINE');
    network = over;
    expect(await session.renew()).toBe(false);
    expect([session.ended(), session.unanswered()]).toEqual(['over', null]);
  });

  it('that the server has ended is over at once, whatever is remembered', async () => {
    network = over;
    expect([await aSession().resume(), kept]).toEqual([false, null]);
  });

  it('of nobody remembered waits for the server, as ever', async () => {
    kept = null;
    const session = aSession();
    expect([await session.resume(), session.unanswered()?.code]).toEqual([false, 'OFFLINE']);
  });

  it('of a mediator ends here without a network; nobody goes on with it, and the server is told as soon as it can be', async () => {
    const session = aSession();
    await session.resume();
    await session.signOut();
    expect([session.ended(), isSignOutOwed(), kept]).toEqual(['signedOut', true, null]);
    const next = aSession();
    expect(await next.resume()).toBe(false);
    asked = [];
    network = (address) =>
      address.includes('sessions/current')
        ? new Response(null, { status: 204 })
        : Response.json(started(aPerson('mediator')));
    window.dispatchEvent(new Event('online'));
    for (let i = 0; i < 20 && isSignOutOwed(); i += 1) await new Promise((done) => setTimeout(done));
    expect(isSignOutOwed()).toBe(false);
    expect(asked.some((address) => address.endsWith('/current'))).toBe(true);
    expect([next.me(), wasSignedIn()]).toEqual([null, false]);
  });

  it('of a mediator speaks another language without a network; the server is told, and its older word changes nothing', async () => {
    const session = aSession();
    await session.resume();
    expect([await session.speak('en'), await session.speak('ru'), session.me()?.language]).toEqual([
      'later',
      'later',
      'ru',
    ]);
    const told: string[] = [];
    global.fetch = (address, init) => {
      const me = aPerson('mediator');
      if (!String(address).endsWith('/me')) return Promise.resolve(Response.json(started(me)));
      const body = init?.body as string;
      told.push(body);
      return Promise.resolve(Response.json({ ...me, ...(JSON.parse(body) as object) }));
    };
    expect(await session.renew()).toBe(true);
    for (let i = 0; i < 20 && owedLanguage(); i += 1) await new Promise((done) => setTimeout(done));
    expect([owedLanguage(), session.me()?.language, told]).toEqual([null, 'ru', ['{"language":"ru"}']]);
  });

  it('of anybody else is not ended before the server was told: a shared computer would not be safe', async () => {
    network = () => Response.json(started(aPerson('socialWorker')));
    const session = aSession();
    await session.resume();
    network = null;
    await expect(session.signOut()).rejects.toMatchObject({ code: 'OFFLINE' });
    expect([session.role(), isSignOutOwed()]).toEqual(['socialWorker', false]);
  });
});
