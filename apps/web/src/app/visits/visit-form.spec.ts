import { newId, type VisitView } from '@tilts/domain';
import {
  helpGroup,
  meet,
  meetBy,
  newVisitForm,
  reach,
  toggleArea,
  toggleHelpArea,
  toggleHelped,
  toggleKind,
  toggleOutcome,
  type VisitForm,
} from './visit-form';
import { correctionOf, draftOf, formOfDraft, formOfVisit, newVisitOf, visitProblems } from './visit-input';

const [anna, peteris, zane] = [newId(), newId(), newId()];
const opened = (): VisitForm => newVisitForm(newId(), new Date('2026-11-23T08:20:00Z'));
const helpIn = (form: VisitForm, kind: string): VisitForm['helps'][number] => {
  const help = form.helps.find((one) => one.kind === kind);
  if (!help) throw new Error(`no help of the kind ${kind}`);
  return help;
};
const codes = (form: VisitForm): string[] => visitProblems(form).map((problem) => `${problem.field} ${problem.code}`);

describe('a visit being logged', () => {
  it('opens with today in Riga and defaults that make no figure', () => {
    expect(opened()).toMatchObject({
      day: '2026-11-23',
      time: '10:20',
      channel: 'homeVisit',
      place: 'home',
      capacity: 'mediator',
      reached: true,
      minutes: null,
      metPersonIds: [],
      helps: [],
    });
    expect(codes(opened())).toEqual(['minutes required']);
  });

  it('needs three taps between Log and Save', () => {
    const form = { ...toggleKind(toggleArea(opened(), 'EDU'), 'inform'), minutes: 30 };
    expect(codes(form)).toEqual([]);
    expect(newVisitOf(form).assistance).toEqual([
      expect.objectContaining({ needArea: 'EDU', kind: 'inform', personIds: [] }),
    ]);
  });

  it('needs ten taps in the form for three people and two kinds of help', () => {
    let taps = 0;
    const tap = (next: VisitForm): VisitForm => (taps++, next);
    let form = opened();
    for (const id of [anna, peteris, zane]) form = tap(meet(form, [...form.metPersonIds, id]));
    form = tap(toggleArea(form, 'EDU'));
    for (const kind of ['inform', 'accompany'] as const) {
      form = tap(toggleKind(form, kind));
      form = tap(helpGroup(form, helpIn(form, kind).key, 'everyoneMet'));
    }
    form = tap({ ...form, minutes: 45 });
    expect(codes(form)).toEqual([]);
    expect(newVisitOf(form).assistance.map((help) => help.personIds)).toEqual([
      [anna, peteris, zane],
      [anna, peteris, zane],
    ]);
    expect(taps + 1).toBeLessThanOrEqual(10);
  });

  it('counts nobody as assisted for having been met', () => {
    const form = toggleKind(toggleArea(meet(opened(), [anna, peteris]), 'DOC'), 'fillForm');
    expect(newVisitOf(form).metPersonIds).toEqual([anna, peteris]);
    expect(newVisitOf(form).assistance[0]?.personIds).toEqual([]);
  });

  it('puts a kind of help into the area chosen last, and lets it stand in several', () => {
    let form = toggleKind(toggleArea(toggleArea(opened(), 'EDU'), 'HOU'), 'consult');
    const { key } = helpIn(form, 'consult');
    expect(newVisitOf(form).assistance.map((help) => help.needArea)).toEqual(['HOU']);
    form = toggleHelpArea(form, key, 'EDU');
    expect(newVisitOf(form).assistance.map((help) => help.needArea)).toEqual(['HOU', 'EDU']);
    form = toggleHelpArea(toggleHelpArea(form, key, 'HOU'), key, 'EDU');
    expect(newVisitOf(form).assistance.map((help) => help.needArea)).toEqual(['EDU']);
  });

  it('keeps every help in an area when areas come late or go', () => {
    const late = toggleArea(toggleKind(opened(), 'inform'), 'HEA');
    expect(newVisitOf(late).assistance.map((help) => help.needArea)).toEqual(['HEA']);
    const moved = toggleArea(toggleArea(late, 'DEB'), 'HEA');
    expect(newVisitOf(moved).assistance.map((help) => help.needArea)).toEqual(['DEB']);
    expect(codes({ ...moved, minutes: 15 })).toEqual([]);
  });

  it('starts a choice of persons from everyone met, and is the family again when nobody is left', () => {
    let form = toggleKind(toggleArea(meet(opened(), [anna, peteris]), 'EDU'), 'inform');
    const { key } = helpIn(form, 'inform');
    form = toggleHelped(helpGroup(form, key, 'everyoneMet'), key, anna);
    expect(newVisitOf(form).assistance[0]?.personIds).toEqual([peteris]);
    expect(helpIn(toggleHelped(form, key, peteris), 'inform').toWhom).toBe('family');
  });

  it('says family when nobody is met any more', () => {
    const form = toggleKind(toggleArea(meet(opened(), [anna]), 'EDU'), 'inform');
    const met = helpGroup(form, helpIn(form, 'inform').key, 'everyoneMet');
    expect(helpIn(meet(met, []), 'inform').toWhom).toBe('family');
  });

  it('writes nothing but the minutes when nobody was there, and forgets nothing', () => {
    const full = toggleOutcome(toggleKind(toggleArea(meet(opened(), [anna]), 'EDU'), 'inform'), 'gpRegistered');
    const form = { ...reach(full, false), minutes: 15 };
    expect(newVisitOf(form)).toMatchObject({
      reached: false,
      metPersonIds: [],
      needAreas: [],
      assistance: [],
      outcomes: [],
    });
    expect(codes(form)).toEqual([]);
    expect(newVisitOf(reach(form, true)).assistance).toHaveLength(1);
  });

  it('lets the place follow the way of meeting until it was chosen', () => {
    expect(meetBy(opened(), 'phone').place).toBe('remote');
    expect(meetBy({ ...opened(), place: 'school' }, 'phone').place).toBe('school');
  });

  it('wants a day for a next step and a step for a day', () => {
    const form = { ...toggleArea(opened(), 'EDU'), minutes: 15 };
    expect(codes({ ...form, nextStep: 'Piezvanīt skolai' })).toEqual(['nextStepOn required']);
    expect(codes({ ...form, nextStepOn: '2026-11-24' })).toEqual(['nextStep required']);
  });
});

describe('a draft', () => {
  it('comes back as it was typed, with the same ids', () => {
    const form = toggleKind(toggleArea({ ...opened(), note: ' pusteikums ' }, 'EDU'), 'inform');
    expect(formOfDraft(draftOf(form))).toEqual(form);
    expect(newVisitOf(formOfDraft(draftOf(form)) ?? opened())).toEqual(newVisitOf(form));
  });

  it('is not read when it is something else', () => {
    for (const content of ['', '{', 'null', '{}', '{"layout":0,"form":{}}']) expect(formOfDraft(content)).toBeNull();
  });
});

describe('a visit being corrected', () => {
  it('opens as it was written and writes assistance of its own', () => {
    const written = toggleKind(toggleArea(toggleArea(opened(), 'EDU'), 'HOU'), 'inform');
    const key = helpIn(written, 'inform').key;
    const input = newVisitOf({ ...toggleHelped(toggleHelpArea(written, key, 'EDU'), key, anna), minutes: 30 });
    const form = formOfVisit({ ...input, version: 1 } as unknown as VisitView);
    expect(form.helps).toHaveLength(1);
    const correction = correctionOf(form, { id: newId(), version: 1, voided: false, correctionReason: null });
    expect(correction.assistance.map(({ needArea, kind, personIds }) => ({ needArea, kind, personIds }))).toEqual(
      input.assistance.map(({ needArea, kind, personIds }) => ({ needArea, kind, personIds })),
    );
    const ids = new Set(input.assistance.map((help) => help.id));
    expect(correction.assistance.some((help) => ids.has(help.id))).toBe(false);
  });
});
