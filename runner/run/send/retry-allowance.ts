/** Counts of temporary problems that passed and that did not → whether a further one is waited for. */

export interface RetryAllowance {
  /** False where retries have so far been useless too often. */
  readonly allowed: boolean;
  /** Called after a retry. */
  record(isSameAgain: boolean): void;
}

/** Internal faults that come twice; a target that answers all refusals with a fault would cost a pause a case. */
export const MAX_PERSISTENT_FAULTS = 20;

/** Calls that stay busy, of 5 s each: waiting for a target that is always busy ends after 42 s, divided by the lanes. */
export const MAX_PERSISTENTLY_BUSY = 8;

/** `maxPersistent`: problems that stay for each one that passes. */
export function createRetryAllowance(maxPersistent: number): RetryAllowance {
  let persistent = 0;
  let passing = 0;
  return {
    get allowed() {
      return persistent < maxPersistent * (passing + 1);
    },
    record(isSameAgain) {
      if (isSameAgain) persistent++;
      else passing++;
    },
  };
}
