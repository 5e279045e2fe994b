import { MunicipalityDetails, proposedLocative, proposedPrefix, type MunicipalityPeriod } from '@tilts/domain';
import type { Fields } from '../platform/exchange';

export type MunicipalityForm = Fields<MunicipalityDetails>;

export function blankPeriod(): Fields<MunicipalityPeriod> {
  return { validFrom: null, validTo: null, atvk: '', name: '' };
}

export function blankMunicipality(): MunicipalityForm {
  return { name: '', nameIn: '', familyPrefix: '', periods: [blankPeriod()] };
}

/** What follows from a name; laid into the form as long as nobody wrote something else there. */
export interface Proposal {
  nameIn: string;
  familyPrefix: string;
  officialName: string;
}

export const nothingProposed: Proposal = { nameIn: '', familyPrefix: '', officialName: '' };

export function proposalFor(name: string, takenPrefixes: readonly string[]): Proposal {
  const word = name.trim();
  if (!word) return nothingProposed;
  return { nameIn: proposedLocative(word), familyPrefix: proposedPrefix(word, takenPrefixes), officialName: word };
}

/** The parts of the form that still say what was proposed before, with what is proposed now. */
export function follow(form: MunicipalityForm, before: Proposal, now: Proposal): Partial<MunicipalityForm> {
  const [only, ...others] = form.periods;
  return {
    ...(form.nameIn === before.nameIn && { nameIn: now.nameIn }),
    ...(form.familyPrefix === before.familyPrefix && { familyPrefix: now.familyPrefix }),
    ...(only &&
      others.length === 0 &&
      only.name === before.officialName && { periods: [{ ...only, name: now.officialName }] }),
  };
}
