import {
  checkInput,
  currentNoticeVersion,
  NewConsent,
  newId,
  noticeVersions,
  recordConsentOf,
  shareConsentFor,
} from '../index.js';

const record = {
  id: newId(),
  familyId: newId(),
  kind: 'record',
  givenOn: '2026-11-23',
  noticeVersion: currentNoticeVersion,
  noticeRead: true,
  spokenYes: true,
  giver: 'person',
};
const problemsOf = (consent: object): string[] =>
  checkInput(NewConsent, consent).problems.map((problem) => `${problem.field} ${problem.code}`);

describe('a consent', () => {
  it('is a notice read aloud and a spoken yes, both', () => {
    expect(problemsOf(record)).toEqual([]);
    expect(problemsOf({ ...record, noticeRead: false })).toEqual(['noticeRead required']);
    expect(problemsOf({ ...record, spokenYes: false })).toEqual(['spokenYes required']);
  });

  it('to share says what for and with whom', () => {
    expect(problemsOf({ ...record, kind: 'share' })).toEqual(['purpose required', 'recipientKind required']);
    expect(problemsOf({ ...record, kind: 'share', purpose: 'HOU', recipientKind: 'socialService' })).toEqual([]);
  });

  it('for a child names the adult who spoke', () => {
    const child = {
      ...record,
      kind: 'share',
      purpose: 'EDU',
      recipientKind: 'school',
      personId: newId(),
      giver: 'guardian',
    };
    expect(problemsOf(child)).toEqual(['guardianId required']);
    expect(problemsOf({ ...child, guardianId: newId() })).toEqual([]);
  });

  it('to be recorded is the whole family’s', () => {
    expect(problemsOf({ ...record, personId: newId() })).toEqual(['personId mismatch']);
  });

  it('is withdrawn without reading anything aloud', () => {
    expect(problemsOf({ ...record, noticeRead: false, spokenYes: false, withdraws: newId() })).toEqual([]);
  });

  it('is read in the newest wording', () => expect(noticeVersions.values.at(-1)).toBe(currentNoticeVersion));
});

describe('which consent holds', () => {
  const share = {
    kind: 'share',
    purpose: 'HOU',
    recipientKind: 'socialService',
    personId: null,
    withdrawnOn: null,
    givenOn: '2026-11-01',
  } as const;

  it('is found by purpose, recipient and person', () => {
    expect(shareConsentFor([share], 'a', 'HOU', 'socialService')).toBe(share);
    expect(shareConsentFor([share], 'a', 'EDU', 'socialService')).toBeUndefined();
    expect(shareConsentFor([share], 'a', 'HOU', 'school')).toBeUndefined();
    expect(shareConsentFor([{ ...share, personId: 'a' }], 'a', 'HOU', 'socialService')).toBeDefined();
    expect(shareConsentFor([{ ...share, personId: 'b' }], 'a', 'HOU', 'socialService')).toBeUndefined();
  });

  it('is none after its withdrawal', () => {
    expect(shareConsentFor([{ ...share, withdrawnOn: '2026-11-02' }], 'a', 'HOU', 'socialService')).toBeUndefined();
    expect(
      recordConsentOf([{ ...share, kind: 'record', purpose: null, recipientKind: null, withdrawnOn: '2026-11-02' }]),
    ).toBeUndefined();
  });
});

describe('the day of a consent', () => {
  it('has come already, of a withdrawal too', () => {
    expect(problemsOf({ ...record, givenOn: '2099-01-01' })).toEqual(['givenOn inTheFuture']);
    expect(problemsOf({ ...record, givenOn: '2099-01-01', withdraws: newId() })).toEqual(['givenOn inTheFuture']);
  });
});
