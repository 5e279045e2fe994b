/**
 * Faults that have lost people's work elsewhere. The model must fail with each of them: one that cannot see a lie proves nothing.
 *
 * `newIdOnRetry`: the phone numbers a command anew when no answer came. `acknowledgesBeforeCommit`: the office says „applied” and dies
 * before it is. `lastWriteWins`: of two changes the one with the later clock stands. `dropsRefusals`: the phone forgets what was refused.
 * `trustsVersions`: for the office the same version is the same words. `takesOldBatches`: a restored office carries out what was sent to
 * the one before. `asksForGenerationsOnly`: the phone believes an office that has less than it had said.
 */
export type Liar =
  | 'newIdOnRetry'
  | 'acknowledgesBeforeCommit'
  | 'lastWriteWins'
  | 'dropsRefusals'
  | 'trustsVersions'
  | 'takesOldBatches'
  | 'asksForGenerationsOnly';
