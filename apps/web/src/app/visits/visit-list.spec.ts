import { Component, signal } from '@angular/core';
import type { VisitView } from '@tilts/domain';
import { LocalCopy } from '../platform/local-copy';
import { renderPage } from '../platform/testing/render-page';
import { visitPages, type VisitPages } from './visit-pages';
import { VisitSearch } from './visit-search';

const visit = (id: string, rest: Partial<VisitView> = {}): VisitView =>
  ({
    id,
    familyId: 'f',
    familyCode: 'JEL-0012',
    day: '2026-11-20',
    metPersonIds: [],
    needAreas: [],
    ...rest,
  }) as VisitView;

describe('Looking for a visit', () => {
  const visits = [
    visit('a', { note: 'Jāzvana skolai par kavējumiem' }),
    visit('b', { familyCode: 'JEL-0031', nextStep: 'Aiznest veidlapu' }),
  ];
  const found = (wanted: string): string[] =>
    new VisitSearch(({ id }) => (id === 'a' ? ['Kļavu ģimene'] : [])).find(visits, wanted).map(({ id }) => id);

  it('finds by code, names and words, with or without diacritics, in any order', () => {
    expect(found('0031')).toEqual(['b']);
    expect(found('klavu')).toEqual(['a']);
    expect(found('SKOLAI jazvana')).toEqual(['a']);
    expect(found('veidlapu')).toEqual(['b']);
    expect(found('jel')).toEqual(['a', 'b']);
    expect(found('skolai veidlapu')).toEqual([]);
    expect(found('  ')).toEqual(['a', 'b']);
  });
});

@Component({ selector: 'app-all-visits', template: '' })
class AllVisits {
  readonly pages = visitPages();
}

describe('The list of all visits', () => {
  const all = Array.from({ length: 250 }, (_, i) => visit(`v${i}`));

  /** `held`: so many of the newest are on this device. */
  async function opened(held = 0) {
    let pages: VisitPages | undefined = undefined;
    const changed = signal(0);
    const part = (after: number) => ({
      items: all.slice(after, after + 100),
      next: after + 100 < 250 ? String(after + 100) : null,
    });
    const copy = {
      changed,
      answer: (_: unknown, { input }: { input?: { after?: string } }) =>
        Promise.resolve(Number(input?.after ?? 0) < held ? { output: part(Number(input?.after ?? 0)) } : undefined),
    } as unknown as LocalCopy;
    const asked: { after: number; shown: number | undefined }[] = [];
    const page = await renderPage(
      AllVisits,
      { 'GET /api/visits': () => ({ items: [], next: null }) },
      {
        providers: [{ provide: LocalCopy, useValue: copy }],
      },
    );
    global.fetch = async (address) => {
      const after = Number(new URL(String(address), 'https://tilts.test').searchParams.get('after') ?? 0);
      asked.push({ after, shown: pages?.items()?.length });
      return Response.json(part(after));
    };
    pages = page.fixture.componentInstance.pages;
    pages.reload();
    await page.settle();
    asked.length = 0;
    return { pages, asked, changed, settle: page.settle };
  }

  it('comes part by part as far as somebody looks', async () => {
    const { pages, settle } = await opened();
    expect(pages.items()).toHaveLength(100);
    pages.more();
    await settle();
    expect(pages.items()).toHaveLength(200);
    expect(pages.hasMore()).toBe(true);
    pages.everything();
    await settle();
    expect(pages.items()?.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(pages.hasMore()).toBe(false);
  });

  it('comes in one step when this device holds it all, once somebody goes on', async () => {
    const { pages, asked, settle } = await opened(250);
    pages.more();
    await settle();
    expect([pages.items()?.length, pages.hasMore(), asked]).toEqual([250, false, []]);
  });

  it('comes from this device as far as it is there, and then from the office', async () => {
    const { pages, asked, settle } = await opened(200);
    expect([pages.items()?.length, asked]).toEqual([100, []]);
    pages.more();
    await settle();
    expect([pages.items()?.length, pages.hasMore(), asked]).toEqual([200, true, []]);
    pages.more();
    await settle();
    expect([pages.items()?.map(({ id }) => id), pages.hasMore(), asked.length]).toEqual([
      all.map(({ id }) => id),
      false,
      1,
    ]);
  });

  it('is read anew as far as it was shown, and is never shorter meanwhile', async () => {
    const { pages, asked, changed, settle } = await opened();
    pages.more();
    await settle();
    asked.length = 0;
    changed.set(1);
    await settle();
    expect(asked).toEqual([
      { after: 0, shown: 200 },
      { after: 100, shown: 200 },
    ]);
    expect(pages.items()).toHaveLength(200);
  });
});
