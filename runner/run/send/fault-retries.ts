/** Counts of internal faults that passed and that did not → whether a case with a further one is evaluated again. */

export interface FaultRetries {
  /** False where faults have so far come twice too often. */
  readonly allowed: boolean;
  /** Called for the second evaluation of a case whose first one met an internal fault. */
  record(isFaultAgain: boolean): void;
}

/** Faults that come twice for each one that passes; a target that answers all refusals with a fault would cost a pause a case. */
const MAX_PERSISTENT_PER_PASSING = 20;

export function createFaultRetries(): FaultRetries {
  let persistent = 0;
  let passing = 0;
  return {
    get allowed() {
      return persistent < MAX_PERSISTENT_PER_PASSING * (passing + 1);
    },
    record(isFaultAgain) {
      if (isFaultAgain) persistent++;
      else passing++;
    },
  };
}
