/** A mix by number and the seed → its deviations, judged; a failure is shrunk to the least mix that still fails. */
import fc from "fast-check";
import { mixed } from "../cases/mix.ts";
import { mixes, seedOf } from "../cases/mixes.ts";
import type { Case } from "../model.ts";
import { protocolOf } from "../protocols/index.ts";
import type { Judged, Judging } from "./judging.ts";

/** So many mixes are sent at most to find a lesser one that fails. */
const mostShrinks = 30;

export async function fuzzed(j: Judging, c: Case, once: (j: Judging, c: Case) => Promise<Judged>): Promise<Judged> {
  let last: Judged | undefined;
  let least: Judged | undefined;
  let sent = 0;
  const property = fc.asyncProperty(mixes(c.action, protocolOf(c.binding).flat(c.binding)), async (drafts) => {
    if (sent++ > mostShrinks) return true;
    const concrete = mixed(c, drafts);
    const result = await once(j, concrete);
    last = { ...result, as: concrete };
    if (result.status === "failed") least = last;
    return result.status !== "failed";
  });
  await fc.check(property, { seed: seedOf(c, j.seed), numRuns: 1 });
  const result = least ?? last;
  if (!result) throw new Error(`${c.id}: no mix was made`);
  return result;
}
