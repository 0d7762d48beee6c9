/** A mix by number and the seed → its deviations, judged; a failure is shrunk to the least mix that still fails. */
import fc from "fast-check";
import { caseSeed, combinationArbitrary, maxCombined } from "../../cases/combine/arbitraries.ts";
import { combineIntoCase } from "../../cases/combine/combined-case.ts";
import type { CaseTemplate } from "../../cases/template.ts";
import type { Case } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import type { EvaluationContext } from "./context.ts";
import type { CaseResult } from "./result.ts";

/** So many mixes are sent at most to find a lesser one that fails. */
const MAX_SHRINKS = 30;
/** Until one has several deviations. */
const MAX_DRAWS = 100;

export async function evaluateFuzz(
  j: EvaluationContext,
  c: Case,
  once: (j: EvaluationContext, c: Case) => Promise<CaseResult>,
): Promise<CaseResult> {
  const flat = protocolOf(c.binding).isFlat(c.binding);
  const enough = maxCombined(c.action, flat);
  let found: Found | undefined;
  let sent = 0;
  let broken: unknown;
  const judge = async (drafts: readonly CaseTemplate[]): Promise<Found> => {
    const concrete = combineIntoCase(c, drafts);
    return { drafts, result: { ...(await once(j, concrete)), concreteCase: concrete } };
  };
  const property = fc.asyncProperty(combinationArbitrary(c.action, flat), async (drafts) => {
    const shrinking = found?.result.status === "failed";
    // One mix is drawn, of several deviations; only what is shrunk may be of fewer.
    if (broken !== undefined || (found && !shrinking) || (!shrinking && drafts.length < enough)) return true;
    if (sent++ > MAX_SHRINKS) return true;
    try {
      const judged = await judge(drafts);
      if (!shrinking || judged.result.status === "failed") found = judged;
      return judged.result.status !== "failed";
    } catch (error) {
      // A fault of assay is none of the target's: it ends the search.
      broken = error;
      return true;
    }
  });
  await fc.check(property, { seed: caseSeed(c, j.seed), numRuns: MAX_DRAWS });
  if (broken !== undefined) throw broken;
  if (!found) throw new Error(`${c.id}: no mix was made`);
  return (found.result.status === "failed" ? await minimise(found, judge) : found).result;
}

interface Found {
  readonly drafts: readonly CaseTemplate[];
  readonly result: CaseResult;
}

/** Without each deviation that it fails without as well. */
async function minimise(found: Found, judge: (drafts: readonly CaseTemplate[]) => Promise<Found>): Promise<Found> {
  let now = found;
  for (const draft of found.drafts) {
    if (now.drafts.length === 1) break;
    const lesser = await judge(now.drafts.filter((d) => d !== draft));
    if (lesser.result.status === "failed") now = lesser;
  }
  return now;
}
