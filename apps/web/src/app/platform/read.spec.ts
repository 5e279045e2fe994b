import { Injector, runInInjectionContext, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { familyEndpoints } from '@tilts/domain';
import { Bearer } from './call';
import { LocalCopy } from './local-copy';
import { read, type Read } from './read';

/** A device that holds what a test gives it. */
class Held extends LocalCopy {
  readonly on = signal(true);
  readonly changed = signal(0);
  output: unknown = undefined;
  asked = 0;
  override answer(): Promise<{ output: unknown } | undefined> {
    this.asked += 1;
    return Promise.resolve(this.output === undefined ? undefined : { output: this.output });
  }
  override officeChanged() {
    return Promise.resolve();
  }
  override where() {
    return undefined;
  }
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i += 1) {
    TestBed.tick();
    await new Promise((done) => setTimeout(done));
  }
};

describe('What a page reads from what the device holds', () => {
  let copy: Held;
  const id = signal('1');
  let asked: string[] = [];
  const family = (): Read<unknown> =>
    runInInjectionContext(TestBed.inject(Injector), () => read(familyEndpoints.read, () => ({ params: { id: id() } })));

  beforeEach(() => {
    copy = new Held();
    asked = [];
    id.set('1');
    global.fetch = async (address) => {
      asked.push(String(address));
      return Response.json({ name: 'from the server' });
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: LocalCopy, useValue: copy },
        { provide: Bearer, useValue: { token: () => 'token', renew: async () => false } },
      ],
    });
  });

  it('is shown anew when it has changed, without loading and without the old value going away', async () => {
    copy.output = { name: 'Bērziņi' };
    const shown = family();
    await settle();
    expect([shown.value(), asked]).toEqual([{ name: 'Bērziņi' }, []]);
    const seen: unknown[] = [];
    const before = shown.value();
    copy.output = { name: 'Kalni' };
    copy.changed.set(1);
    for (let i = 0; i < 5; i += 1) {
      TestBed.tick();
      seen.push(shown.loading(), (shown.value() as { name: string }).name);
      await Promise.resolve();
    }
    await settle();
    expect(seen).not.toContain(true);
    expect([before, shown.value()]).toEqual([{ name: 'Bērziņi' }, { name: 'Kalni' }]);
  });

  it('stays the same object when it stayed the same: a form that stands on it is left alone', async () => {
    copy.output = { name: 'Bērziņi' };
    const shown = family();
    await settle();
    const before = shown.value();
    copy.output = { name: 'Bērziņi' };
    copy.changed.set(1);
    await settle();
    expect(copy.asked).toBe(2);
    expect(shown.value()).toBe(before);
  });

  it('comes from the server where the device holds nothing, and is not asked of it again for every change here', async () => {
    const shown = family();
    await settle();
    copy.changed.set(1);
    await settle();
    expect([shown.value(), asked.length]).toEqual([{ name: 'from the server' }, 1]);
  });

  it('is there once the copy has it, also after the server could not be asked', async () => {
    global.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    const shown = family();
    await settle();
    expect(shown.problem()).toMatchObject({ code: 'OFFLINE' });
    copy.output = { name: 'Bērziņi' };
    copy.changed.set(1);
    await settle();
    expect([shown.value(), shown.problem()]).toEqual([{ name: 'Bērziņi' }, undefined]);
  });

  it('never shows one thing in the place of another', async () => {
    copy.output = { name: 'first' };
    const shown = family();
    await settle();
    let late: (held: { output: unknown }) => void = () => undefined;
    jest.spyOn(copy, 'answer').mockImplementationOnce(() => new Promise((done) => (late = done)));
    copy.changed.set(1);
    await settle();
    copy.output = { name: 'second' };
    id.set('2');
    await settle();
    late({ output: { name: 'first, late' } });
    await settle();
    expect(shown.value()).toEqual({ name: 'second' });
  });
});
