import { newId, NewVisit, ReferralStep, type Class } from '../index.js';
import { aVisit } from '@tilts/testing';
import { hasShape } from './shape.js';

describe('What can be shown', () => {
  const visit = aVisit({ id: newId() });

  it('has every field of its class, also what leaves out what may be left out and holds what a later build added', () => {
    expect(hasShape(NewVisit, visit)).toBe(true);
    const { note: _note, nextStep: _step, ...without } = visit;
    expect(hasShape(NewVisit, { ...without, later: 1 })).toBe(true);
    // Whether it is right is not asked: the day lies far ahead.
    expect(hasShape(NewVisit, { ...visit, day: '2099-01-01' })).toBe(true);
  });

  it.each<[string, Class, unknown]>([
    ['nothing', NewVisit, null],
    ['a list', NewVisit, []],
    ['a text', NewVisit, 'visit'],
    ['a missing field', NewVisit, { ...visit, day: undefined }],
    ['an empty one', NewVisit, { ...visit, minutes: null }],
    ['a number for a text', NewVisit, { ...visit, day: 20261123 }],
    ['a text for a number', NewVisit, { ...visit, minutes: '30' }],
    ['a text for yes or no', NewVisit, { ...visit, reached: 'yes' }],
    ['an unknown choice', NewVisit, { ...visit, channel: 'pigeon' }],
    ['an unknown one among some', NewVisit, { ...visit, needAreas: ['EDU', 'NONE'] }],
    ['no list of choices', NewVisit, { ...visit, needAreas: 'EDU' }],
    ['ids that are none', NewVisit, { ...visit, metPersonIds: [1] }],
    ['a part that is none', NewVisit, { ...visit, assistance: [null] }],
    ['a part with a hole', NewVisit, { ...visit, assistance: [{ ...visit.assistance[0], kind: null }] }],
    ['no list of parts', NewVisit, { ...visit, assistance: {} }],
    ['what every object has', ReferralStep, { move: 'toString' }],
  ])('is not %s', (_what, type, value) => expect(hasShape(type, value)).toBe(false));
});
