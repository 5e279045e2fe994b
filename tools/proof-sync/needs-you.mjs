import { Contradiction } from './verdict.mjs';

/** Looks at what needs them, as a person does: chooses in clashes, corrects a wrong family, throws some away, leaves some for later. */
export function lookAtNeedsYou(desk, { leave = 0.3 } = {}) {
  const { phone, ledger, random } = desk;
  for (const action of ledger) {
    if (action.phone !== phone) continue;
    const state = phone.stateOf(action.commandId);
    if (state === 'conflict') {
      chooseIn(phone, action, random);
      desk.clashes += 1;
    } else if (state === 'refused' && random.chance(1 - leave)) {
      if (action.belongsTo && random.chance(0.7)) {
        const { belongsTo: familyId } = action;
        // Whom they met belongs to that other family.
        action.commandId = phone.correct(action.commandId, { familyId });
        action.input = { ...action.input, familyId };
        action.belongsTo = undefined;
      } else if (action.belongsTo) {
        phone.throwAway(action.commandId);
        for (const other of ledger)
          if (other.phone === phone && phone.stateOf(other.commandId) === 'thrownAway') other.thrownAway = true;
      }
    }
  }
}

/** Both texts are before the person's eyes; what they keep is a change of what the other wrote. */
function chooseIn(phone, action, random) {
  const { result } = phone.entryOf(action.commandId);
  const values = {};
  for (const { field, mine, theirs } of result.clashes) {
    const keepMine = random.chance(0.5);
    values[field] = JSON.parse(keepMine ? mine : theirs);
    const change = action.changes.fields.find(({ name }) => name === field);
    if (!change) throw new Contradiction(`A clash about ${field}, which nobody changed: ${JSON.stringify(result)}`);
    change.from = JSON.parse(theirs);
    change.dropped = !keepMine;
  }
  action.changes.fields = action.changes.fields.filter(({ dropped }) => !dropped);
  action.commandId = phone.choose(action.commandId, values);
}
