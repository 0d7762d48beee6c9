/** The run's id → tokens, each unique to a lease or a call of this run. */

/** 13 letters and digits hold more than the 64 bits of the run's id. */
export const runId = (bits: bigint): string => bits.toString(36).padStart(13, "0");

/** The whole run id stands in every token: only what holds it is ours. */
export function createTokenGenerator(run: string): () => string {
  let n = 0;
  return () => `${run}x${(n++).toString(36)}`;
}
