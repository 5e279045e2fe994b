import {
  boardOf,
  isClosed,
  isUnanswered,
  movesOffered,
  referralLifecycle,
  referralMoves,
  referralSides,
  referralStatuses,
  statusAfter,
} from '../index.js';

/** What each side may do in each status, written down once more by hand: the table is compared with people's words, not with itself. */
const offered: Record<string, { sender: string; receiver: string }> = {
  draft: { sender: 'send withdraw', receiver: '' },
  sent: {
    sender: 'withdraw recordAcceptance recordCompletion recordRefusal',
    receiver: 'receive askMore accept acceptAndFinish decline take release setReference',
  },
  received: {
    sender: 'withdraw recordAcceptance recordCompletion recordRefusal',
    receiver: 'askMore accept acceptAndFinish decline take release setReference',
  },
  moreInfoNeeded: {
    sender: 'answer withdraw recordAcceptance recordCompletion recordRefusal',
    receiver: 'accept acceptAndFinish decline take release setReference',
  },
  accepted: { sender: 'withdraw recordCompletion', receiver: 'askMore start complete take release setReference' },
  inProgress: { sender: 'withdraw recordCompletion', receiver: 'askMore complete take release setReference' },
  completed: { sender: '', receiver: 'setReference' },
  declined: { sender: '', receiver: 'setReference' },
  withdrawn: { sender: '', receiver: '' },
};
const leadsTo: Record<string, string> = {
  send: 'sent',
  receive: 'received',
  askMore: 'moreInfoNeeded',
  answer: 'received',
  accept: 'accepted',
  acceptAndFinish: 'completed',
  start: 'inProgress',
  complete: 'completed',
  decline: 'declined',
  withdraw: 'withdrawn',
  recordAcceptance: 'accepted',
  recordCompletion: 'completed',
  recordRefusal: 'declined',
};

describe('The life of a referral', () => {
  const steps = referralStatuses.values.flatMap((status) =>
    referralMoves.values.flatMap((move) => referralSides.values.map((side) => ({ status, move, side }))),
  );

  it.each(steps)('$status, $move by the $side', ({ status, move, side }) => {
    const may = (offered[status]?.[side] ?? '').split(' ').includes(move);
    expect(movesOffered(status, side).includes(move)).toBe(may);
    expect(statusAfter(status, move, side, null)).toBe(may ? (leadsTo[move] ?? status) : undefined);
  });

  it.each([
    ['sent', 'received'],
    ['received', 'received'],
    ['accepted', 'accepted'],
    ['inProgress', 'inProgress'],
  ] as const)('goes on after an answer where more was asked: %s → %s', (askedFrom, expected) => {
    expect(statusAfter('moreInfoNeeded', 'answer', 'sender', askedFrom)).toBe(expected);
  });

  it('never leaves a closed status, and every open one can be closed by both sides', () => {
    for (const status of referralStatuses.values) {
      const ends = referralSides.values.map((side) =>
        movesOffered(status, side).filter((move) => isClosed(statusAfter(status, move, side, null) ?? status)),
      );
      if (isClosed(status)) expect(ends.flat().every((move) => referralLifecycle[move].to === 'stay')).toBe(true);
      else if (status !== 'draft') expect(ends.every((moves) => moves.length > 0)).toBe(true);
    }
  });

  it('needs words where the other side must understand, and a reason for a refusal', () => {
    const needing = (what: string) => referralMoves.values.filter((move) => referralLifecycle[move].needs === what);
    expect(needing('reason')).toEqual(['decline', 'recordRefusal']);
    expect(needing('text')).toEqual([
      'askMore',
      'answer',
      'acceptAndFinish',
      'complete',
      'setReference',
      'recordAcceptance',
      'recordCompletion',
    ]);
  });

  it('waits for a first answer only while there is none', () => {
    expect(referralStatuses.values.filter(isUnanswered)).toEqual(['sent', 'received', 'moreInfoNeeded']);
  });

  it('stands on one of three boards', () => {
    const boards = referralStatuses.values.map((status) => `${status} ${boardOf(status)}`);
    expect(boards).toEqual([
      'draft waiting',
      'sent waiting',
      'received waiting',
      'moreInfoNeeded waiting',
      'accepted inWork',
      'inProgress inWork',
      'completed answered',
      'declined answered',
      'withdrawn answered',
    ]);
  });
});
