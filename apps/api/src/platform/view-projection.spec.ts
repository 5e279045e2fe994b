import { Count, newId, pageOf, Part, Parts, Reference, Text } from '@tilts/domain';
import { toView } from './view-projection.js';

class Hoof {
  @Text({ max: 10 })
  side: string;
}
class HorseView {
  @Reference()
  id: string;
  @Reference()
  familyId: string;
  @Reference()
  projectId: string;
  @Text({ max: 10, optional: true })
  name: string | null;
  @Count()
  legs: number;
  @Part(() => Hoof, { optional: true })
  best: Hoof | null;
  @Parts(() => Hoof)
  hooves: Hoof[];
}

const row = {
  id: newId(),
  familyId: newId(),
  projectId: newId(),
  legs: 0,
  hooves: [{ side: 'left', sealed: 'secret' }],
  sealed: 'secret',
};

describe('a view', () => {
  it('holds what its class declares and nothing else, at any depth', () => {
    const view = toView(HorseView, row, new Set());
    expect(view).toEqual({
      id: row.id,
      familyId: row.familyId,
      projectId: row.projectId,
      name: null,
      legs: 0,
      best: null,
      hooves: [{ side: 'left' }],
    });
    expect(JSON.stringify(view)).not.toContain('secret');
  });

  it('refuses a result with a hole', () => {
    expect(() => toView(HorseView, { ...row, legs: undefined }, new Set())).toThrow('HorseView.legs');
  });

  it('collects whom it is about for the audit row', () => {
    const subjects = new Set<string>();
    toView(pageOf(HorseView), { items: [row], next: null }, subjects);
    expect([...subjects]).toEqual([row.id, row.familyId]);
  });
});
