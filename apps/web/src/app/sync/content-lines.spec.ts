import { TestBed } from '@angular/core/testing';
import { endpointsByFeature, fieldsOf, type Class, type Endpoint } from '@tilts/domain';
import { languages, loadCatalogue } from '@tilts/i18n';
import { Texts, provideTexts } from '@tilts/ui';
import { clashWords, labelOf, linesOf, whatWords } from './content-lines';

async function textsIn(language: (typeof languages)[number]): Promise<Texts> {
  TestBed.configureTestingModule({ providers: [provideTexts((wanted) => loadCatalogue[wanted]())] });
  const texts = TestBed.inject(Texts);
  await texts.use(language);
  return texts;
}
const queued = Object.values(endpointsByFeature)
  .flatMap((endpoints) => Object.values(endpoints))
  .filter((endpoint: Endpoint) => endpoint.queued);
const operationOf = (endpoint: Endpoint): string => `${endpoint.method} ${endpoint.path}`;

describe('What was written on the phone', () => {
  it.each(languages)(
    'has a name for everything that can wait, and a label for each of its fields, in %s',
    async (language) => {
      const texts = await textsIn(language);
      const unnamed: string[] = [];
      expect(queued.length).toBeGreaterThan(10);
      for (const endpoint of queued) {
        const operation = operationOf(endpoint);
        if (whatWords(texts, operation) === texts.text('sync.what.somethingElse')) unnamed.push(operation);
        for (const { name } of fieldsOf(endpoint.input as Class))
          if (name !== 'id' && labelOf(texts, operation, name) === name) unnamed.push(`${operation} ${name}`);
      }
      expect(unnamed).toEqual([]);
    },
  );

  it('is readable whole: days, choices and people in words, lines kept', async () => {
    const texts = await textsIn('lv');
    const lines = linesOf(
      texts,
      'POST /visits',
      {
        id: 'v',
        familyId: 'f',
        day: '2026-11-23',
        minutes: 45,
        channel: 'homeVisit',
        reached: true,
        metPersonIds: ['anna', 'nobody-knows'],
        needAreas: ['EDU', 'HOU'],
        assistance: [{ id: 'a', needArea: 'EDU', kind: 'contactInstitution', personIds: ['anna'] }],
        note: 'Nav apavu.\nLūdz pabalstu.',
        nextStep: null,
      },
      (id) => (id === 'anna' ? 'Anna' : null),
    );
    const told = Object.fromEntries(lines.map(({ label, value }) => [label, value]));
    expect(told).toMatchObject({
      Diena: '23.11.2026.',
      'Cik ilgi': '45 min',
      Satiktie: 'Anna',
      Piezīmes: 'Nav apavu.\nLūdz pabalstu.',
    });
    expect(told['Par ko']).toBe('Izglītība, Mājoklis');
    expect(told['Kā palīdzējāt']).toMatch(/^Izglītība · .+ · Anna$/);
    expect(lines.map(({ value }) => value).join()).not.toMatch(/homeVisit|EDU|null/);
  });

  it('tells both sides of a clash in words, and an empty one too', async () => {
    const texts = await textsIn('lv');
    const side = (json: string): string => clashWords(texts, 'PUT /persons/{id}', 'employmentStatus', json, () => null);
    expect(side('"employed"')).toBe(texts.text('persons.employmentStatus.employed'));
    expect(side('null')).toBe('(nekas nav ierakstīts)');
  });
});
