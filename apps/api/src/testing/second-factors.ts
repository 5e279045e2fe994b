import { factorEndpoints, type Role } from '@tilts/domain';
import { TestClock } from '@tilts/testing';
import { TOTP } from 'otpauth';
import { Client } from 'pg';
import { createAccount } from '../access/accounts.js';
import { setUpTotp } from '../access/set-up-totp.js';
import { newTotpSecret } from '../access/totp.js';
import { withLogin } from '../database/data-source.js';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../test-app.js';
import { Browser } from './browser.js';
import { SoftwarePasskey } from './software-passkey.js';

/** The address that people type, and to which passkeys belong. */
export const ORIGIN = 'https://tilts.example';

let made = 0;

/** A Tilts with a clock of its own, for people who have second factors. */
export class SecondFactors {
  private constructor(
    readonly app: TestApp,
    readonly clock: TestClock,
  ) {}

  static async start(): Promise<SecondFactors> {
    const clock = new TestClock(new Date());
    return new SecondFactors(await startTestApp({ clock, settings: { PUBLIC_URL: ORIGIN } }), clock);
  }

  /** Somebody who has a password and nothing else. */
  async somebody(role: Role = 'mediator'): Promise<Person> {
    const email = `someone${++made}@tilts.test`;
    const id = await createAccount(this.app.owner, this.app.seals, {
      role,
      language: 'lv',
      name: 'Zane Kļava',
      email,
      password: TEST_PASSWORD,
    });
    return new Person(this, id, email);
  }

  /** Somebody with an authenticator app. */
  async withTotp(role: Role = 'mediator'): Promise<Person> {
    const person = await this.somebody(role);
    await this.giveTotp(person);
    return person;
  }

  /** As if they had set it up on another device. */
  async giveTotp({ id, secret }: Person): Promise<void> {
    await setUpTotp(this.app.owner, this.app.seals, id, { name: 'Telefons', secret });
  }

  /** Nobody has to wait. */
  async noDelay(): Promise<void> {
    await this.app.owner.query(`UPDATE sign_in_delay SET not_before = now() - interval '1 second', failures = 0`);
  }

  /** What a login of the API gets for the last of these statements in somebody's session; nothing of it stays. */
  async asRole(role: string, somebody: Person | null, ...statements: string[]): Promise<unknown> {
    const runner = this.app.owner.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query(LAY_DOWN, [somebody?.id ?? null]);
      await runner.query(`GRANT ${role} TO CURRENT_USER WITH SET TRUE`);
      await runner.query(`SET LOCAL ROLE ${role}`);
      let answer: unknown;
      for (const statement of statements) answer = await runner.query(statement);
      return answer;
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  /** The API's own login in somebody's session, for who wants to hold a transaction open. */
  async open({ id }: Person): Promise<Client> {
    const { url = '' } = this.app.owner.options as { url?: string };
    const client = new Client({ connectionString: withLogin(url, 'tilts_app', this.app.secrets.appPassword) });
    const [session] = await this.app.owner.query<{ id: string }[]>('SELECT id FROM session WHERE account_id = $1', [
      id,
    ]);
    await client.connect();
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.session', $1, true)`, [session?.id]);
    return client;
  }
}

const LAY_DOWN = `SELECT set_config('app.session', coalesce((SELECT id::text FROM session WHERE account_id = $1 LIMIT 1), ''), true)`;

/** Somebody with an account and a browser. */
export class Person {
  /** Of their authenticator app, when they have one. */
  readonly secret = newTotpSecret();
  readonly browser: Browser;

  constructor(
    private readonly world: SecondFactors,
    readonly id: string,
    readonly email: string,
  ) {
    this.browser = new Browser(world.app);
  }

  /** What their app shows now, or so many seconds from now. */
  code(secondsFromNow = 0): string {
    const timestamp = this.world.clock.now().getTime() + secondsFromNow * 1_000;
    return new TOTP({ secret: this.secret }).generate({ timestamp });
  }

  /** The first step. */
  async ticket(browser = this.browser): Promise<string> {
    const { answer } = await browser.signIn(this.email);
    if (answer.code !== 'SECOND_FACTOR_ASKED') throw new Error(`no ticket, but ${answer.code}`);
    return String(answer.params['ticket']);
  }

  /** Signed in, with a code where one is asked. */
  async comeIn(): Promise<this> {
    const { answer } = await this.browser.signIn(this.email);
    if (answer.code !== 'SECOND_FACTOR_ASKED') return this;
    this.world.clock.advance({ seconds: 30 });
    const { status } = await this.browser.secondStep({ ticket: String(answer.params['ticket']), code: this.code() });
    if (status !== 201) throw new Error(`the code was refused: ${status}`);
    return this;
  }

  async addPasskey(): Promise<SoftwarePasskey> {
    const passkey = new SoftwarePasskey(ORIGIN);
    const { answer } = await this.browser.ask(factorEndpoints.beginPasskey);
    const { status } = await this.browser.ask(factorEndpoints.addPasskey, {
      input: { name: 'Klēpjdators', answer: passkey.make(answer.options) },
    });
    if (status !== 201) throw new Error(`the passkey was refused: ${status}`);
    return passkey;
  }

  async newCodes(): Promise<string[]> {
    const { answer } = await this.browser.ask(factorEndpoints.newRecoveryCodes);
    return answer.recoveryCodes.map(({ code }) => code);
  }

  /** With what each of their sessions was begun. */
  async levels(): Promise<string[]> {
    const rows = await this.world.app.owner.query<{ level: string }[]>(
      'SELECT level FROM session WHERE account_id = $1',
      [this.id],
    );
    return rows.map(({ level }) => level);
  }
}
