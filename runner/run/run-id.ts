/** The id of the run -> tokens, each unique to a lease or a call of this run. */

/** 13 letters and digits, enough for the 64 bits of a run id. */
export const runId = (bits: bigint): string => bits.toString(36).padStart(13, "0");

/** Every token contains the run id: a resource belongs to the run only if its name contains that id. */
export function createTokenGenerator(run: string): () => string {
  let n = 0;
  return () => `${run}x${(n++).toString(36)}`;
}
