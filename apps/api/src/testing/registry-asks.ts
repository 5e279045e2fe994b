import { directoryEndpoints, mediatorEndpoints, municipalityEndpoints } from '@tilts/domain';
import { aMunicipality, anAssignment, anInstitution, aProject, aService } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import type { TestApp } from '../test-app.js';

interface Ask {
  input?: object;
  params?: { id: string };
}

/** How the operations of a coordinator's registry are asked, each about a thing that was made for it. */
export function registryAsks(started: () => TestApp): Record<string, () => Promise<Ask>> {
  const about = async (made: { id: string }, input?: object): Promise<Ask> =>
    Promise.resolve({ params: { id: made.id }, ...(input && { input }) });
  const coordinator = (): ReturnType<TestApp['as']['coordinator']> => started().as.coordinator();
  const municipality = () => {
    const { rules: _, ...input } = aMunicipality({ familyPrefix: threeLetters() });
    return coordinator().call(municipalityEndpoints.create, { input });
  };
  const institution = () => coordinator().call(directoryEndpoints.create, { input: anInstitution() });
  const service = async () => {
    const { id: institutionId } = await institution();
    const { rules: _, ...input } = aService({ institutionId });
    await coordinator().call(directoryEndpoints.addService, { input });
    const { id: __, institutionId: ___, ...details } = input;
    return { id: input.id, details };
  };
  const project = async () => {
    const { rules: _, ...input } = aProject();
    await coordinator().call(mediatorEndpoints.createProject, { input });
    const { id, ...details } = input;
    return { id, details };
  };
  const newAssignment = async () =>
    anAssignment({
      mediatorId: await started().as.mediator('JELGAVA').id(),
      municipalityId: municipalityId('JELGAVA'),
      projectId: (await project()).id,
      startsOn: '2090-01-01',
    });
  const assignment = async () => coordinator().call(mediatorEndpoints.assign, { input: await newAssignment() });
  const day = { day: '2026-07-03', works: false, moved: true, note: 'Pārcelta darba diena' };
  const code = { list: 'visits.place', code: 'street' };
  /** However often it was touched. */
  const untouched = async (): Promise<object> => {
    await started().owner.query('DELETE FROM code_wording');
    return { ...code, version: 0 };
  };

  return {
    'GET /code-lists': () => Promise.resolve({}),
    'GET /code-lists/editable': () => Promise.resolve({}),
    'POST /code-lists/wordings': async () => ({ input: { ...(await untouched()), words: { lv: 'Pagalmā' } } }),
    'POST /code-lists/retirements': async () => ({ input: await untouched() }),
    'POST /code-lists/returns': async () => ({ input: await untouched() }),
    'POST /municipalities': () => Promise.resolve({ input: aMunicipality({ familyPrefix: threeLetters() }) }),
    'PUT /municipalities/{id}': async () => {
      const { id, key: _, ...change } = await municipality();
      return about({ id }, change);
    },
    'GET /municipalities/offered': () => Promise.resolve({}),
    'POST /municipalities/take-over': async () => {
      await started().owner.query(
        `DELETE FROM service WHERE institution_id IN (SELECT id FROM institution WHERE municipality_id = $1)`,
        [municipalityId('VALMIERA')],
      );
      for (const table of ['institution', 'municipality_period', 'municipality'])
        await started().owner.query(
          `DELETE FROM ${table} WHERE ${table === 'municipality' ? 'id' : 'municipality_id'} = $1`,
          [municipalityId('VALMIERA')],
        );
      return { input: { key: 'VALMIERA' } };
    },
    'GET /directory/register': () => Promise.resolve({}),
    'GET /directory/institutions/{id}': async () => about(await institution()),
    'POST /directory/institutions': () => Promise.resolve({ input: anInstitution() }),
    'PUT /directory/institutions/{id}': async () => {
      const { id, name, answerDays, followsMovedDays, version } = await institution();
      return about({ id }, { name, answerDays, followsMovedDays, version });
    },
    'POST /directory/institutions/{id}/confirm': async () => about(await institution(), { version: 1 }),
    'POST /directory/institutions/{id}/close': async () => about(await institution(), { version: 1 }),
    'POST /directory/institutions/{id}/reopen': async () => about(await institution(), { version: 1 }),
    'DELETE /directory/institutions/{id}': async () => about(await institution()),
    'POST /directory/services': async () => ({ input: aService({ institutionId: (await institution()).id }) }),
    'PUT /directory/services/{id}': async () => {
      const { id, details } = await service();
      return about({ id }, { ...details, version: 1 });
    },
    'DELETE /directory/services/{id}': async () => about(await service()),
    'GET /working-days': () => Promise.resolve({ input: { year: 2026 } }),
    'POST /working-days': () => Promise.resolve({ input: day }),
    'POST /working-days/remove': () => Promise.resolve({ input: { day: day.day } }),
    'POST /projects': () => Promise.resolve({ input: aProject() }),
    'PUT /projects/{id}': async () => {
      const { id, details } = await project();
      return about({ id }, { ...details, version: 1 });
    },
    'DELETE /projects/{id}': async () => about(await project()),
    'POST /assignments': async () => ({ input: await newAssignment() }),
    'PUT /assignments/{id}': async () => {
      const { id, startsOn, endsOn, hoursPerWeek, version } = await assignment();
      return about({ id }, { startsOn, endsOn, hoursPerWeek, version });
    },
    'DELETE /assignments/{id}': async () => about(await assignment()),
  };
}

let prefixes = 0;

/** A prefix that no other municipality of the spec has. */
function threeLetters(): string {
  const at = (prefixes += 1);
  return `Q${String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26))}`;
}
