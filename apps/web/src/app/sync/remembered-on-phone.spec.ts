import { rememberAccount } from './device-memory';
import { LocalStore } from './local-store';
import { RememberedOnPhone } from './remembered-on-phone';
import { aBundle, aMediator } from './testing/office';
import { freshDisk } from './testing/store';

describe('Whoever was signed in on a phone', () => {
  beforeEach(() => freshDisk());

  it('whose session the office has ended leaves no family there', async () => {
    const me = aMediator();
    const store = await LocalStore.open(me.id);
    await store.keepMe(me);
    await store.fetched({ families: [{ stamp: '1', bundle: aBundle() }], cursor: 'c' });
    store.close();
    rememberAccount(me.id);

    const remembered = new RememberedOnPhone();
    expect(await remembered.recall()).toEqual(me);
    remembered.forget();
    await new Promise((done) => setTimeout(done, 100));

    const after = await LocalStore.open(me.id);
    expect([(await after.read()).families.size, await after.me(), await remembered.recall()]).toEqual([0, null, null]);
    after.close();
  });
});
