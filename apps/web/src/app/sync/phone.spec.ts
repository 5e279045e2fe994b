import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { visitEndpoints, type Me } from '@tilts/domain';
import { aVisit } from '@tilts/testing';
import { Session } from '../access/session';
import { recallDevice } from './device-memory';
import { Phone, bearerOf } from './phone';
import { aBundle, aMediator } from './testing/office';
import { freshDisk, tabLocks } from './testing/store';

/** Somebody signs in in another tab: this one goes on with their session. */
class OneSession implements Pick<Session, 'me' | 'ended' | 'token' | 'renew'> {
  readonly me = signal<Me | null>(null);
  readonly ended = signal<'signedOut' | 'over' | null>(null);
  token = (): string => `of ${this.me()?.id}`;
  renew = (): Promise<boolean> => Promise.resolve(true);
}

/** The network, which is not ours: it says whose session was used for whose device. */
class NoNetwork extends EventTarget {
  static readonly bearers: string[] = [];
  static readonly said: string[] = [];
  readonly upload = new EventTarget();
  open(_method: string, address: string): void {
    NoNetwork.said.push(address);
  }
  setRequestHeader(name: string, value: string): void {
    if (name === 'authorization') NoNetwork.bearers.push(value);
  }
  send(body: unknown): void {
    NoNetwork.said.push(String(body));
    setTimeout(() => this.dispatchEvent(new Event('error')));
  }
}

describe('The phone of two people', () => {
  const { XMLHttpRequest } = globalThis;
  beforeEach(() => {
    freshDisk();
    tabLocks();
    NoNetwork.bearers.length = NoNetwork.said.length = 0;
    globalThis.XMLHttpRequest = NoNetwork as unknown as typeof globalThis.XMLHttpRequest;
  });
  afterEach(() => (globalThis.XMLHttpRequest = XMLHttpRequest));

  it('hands in nothing of one with the session of the other, and keeps both', async () => {
    const [one, two] = [aMediator(), aMediator()];
    const session = new OneSession();
    TestBed.configureTestingModule({ providers: [provideRouter([]), { provide: Session, useValue: session }] });
    const phone = TestBed.inject(Phone);
    session.me.set(one);
    TestBed.tick();
    await phone.answer(visitEndpoints.create, { input: aVisit({ id: aBundle().family.id }) });
    expect(await phone.unsentCount()).toBe(1);

    NoNetwork.bearers.length = NoNetwork.said.length = 0;
    session.me.set(two);
    TestBed.tick();
    expect(await phone.unsentCount()).toBe(0);
    expect(phone.unsent()).toEqual([]);
    await phone.answer(visitEndpoints.create, { input: aVisit({ id: aBundle().family.id }) });
    await phone.answer(visitEndpoints.create, { input: aVisit({ id: aBundle().family.id }) });
    // As long as the first one would have taken to try again.
    await new Promise((done) => setTimeout(done, 2_100));
    expect(new Set(NoNetwork.bearers)).toEqual(new Set([`Bearer of ${two.id}`]));
    const deviceOf = ({ id }: Me) => recallDevice(id).device ?? 'none';
    expect(NoNetwork.said.join()).toContain(deviceOf(two));
    expect(NoNetwork.said.join()).not.toContain(deviceOf(one));

    session.me.set(one);
    TestBed.tick();
    expect(await phone.unsentCount()).toBe(1);
    session.me.set(null);
    TestBed.tick();
    await new Promise((done) => setTimeout(done, 50));
  });

  it('has a bearer each, who is silent once the session is somebody else’s', async () => {
    const [one, two] = [aMediator(), aMediator()];
    const session = new OneSession();
    session.me.set(one);
    const bearer = bearerOf(one.id, session);
    expect([bearer.token(), await bearer.renew()]).toEqual([`of ${one.id}`, true]);
    session.renew = () => {
      session.me.set(two);
      return Promise.resolve(true);
    };
    expect([await bearer.renew(), bearer.token()]).toEqual([false, null]);
  });
});
