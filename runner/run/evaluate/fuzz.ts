/** A fuzz case and the seed -> its combination of deviations, judged; a failing combination is reduced to a minimal one that fails. */
import fc from "fast-check";
import { caseSeed, combinationArbitrary, minDeviations } from "../../cases/combine/arbitraries.ts";
import { combineIntoCase } from "../../cases/combine/combined-case.ts";
import type { CaseTemplate } from "../../cases/template.ts";
import type { Case } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import type { EvaluationContext } from "./context.ts";
import type { CaseResult } from "./result.ts";

/** Smaller combinations that are sent to reduce one failure. */
const MAX_SHRINKS = 30;
/** Combinations that are generated until one has several deviations. */
const MAX_DRAWS = 100;

interface JudgedCombination {
  readonly templates: readonly CaseTemplate[];
  readonly result: CaseResult;
}

export async function evaluateFuzz(
  context: EvaluationContext,
  testCase: Case,
  evaluate: (context: EvaluationContext, testCase: Case) => Promise<CaseResult>,
): Promise<CaseResult> {
  const { action, binding } = testCase;
  const isFlat = protocolOf(binding).isFlat(binding);
  let minimum = minDeviations(action, isFlat);
  let judged: JudgedCombination | undefined;
  let sent = 0;
  let error: unknown;
  const judge = async (templates: readonly CaseTemplate[]): Promise<JudgedCombination> => {
    const concreteCase = combineIntoCase(testCase, templates);
    return { templates, result: { ...(await evaluate(context, concreteCase)), concreteCase } };
  };
  const property = fc.asyncProperty(combinationArbitrary(action, isFlat), async (templates) => {
    const shrinking = judged?.result.status === "failed";
    // Only the first combination with several deviations is judged; fewer deviations are allowed only while shrinking.
    if (error !== undefined || (judged && !shrinking) || (!shrinking && templates.length < minimum)) return true;
    if (sent++ > MAX_SHRINKS) return true;
    try {
      const combination = await judge(templates);
      if (!shrinking || combination.result.status === "failed") judged = combination;
      return combination.result.status !== "failed";
    } catch (thrown) {
      // An error of assay is no failure of the target: it ends the search.
      error = thrown;
      return true;
    }
  });
  const seed = caseSeed(testCase, context.seed);
  // The combinations of one seed in their order, but one at a time: those after the one that is judged would be thrown away.
  for (let draw = 0; draw < MAX_DRAWS && !judged && error === undefined; draw++) {
    // The rules over several parameters may forbid any two of the deviations.
    if (draw === MAX_DRAWS / 2) minimum = 1;
    await fc.check(property, { seed, path: String(draw), numRuns: 1 });
  }
  if (error !== undefined) throw error;
  if (!judged) throw new Error(`${testCase.id}: no combination of deviations was generated in ${MAX_DRAWS} attempts`);
  return (judged.result.status === "failed" ? await minimise(judged, judge) : judged).result;
}

/** Omits each deviation without which the case still fails. */
async function minimise(
  failing: JudgedCombination,
  judge: (templates: readonly CaseTemplate[]) => Promise<JudgedCombination>,
): Promise<JudgedCombination> {
  let minimal = failing;
  for (const template of failing.templates) {
    if (minimal.templates.length === 1) break;
    const smaller = await judge(minimal.templates.filter((other) => other !== template));
    if (smaller.result.status === "failed") minimal = smaller;
  }
  return minimal;
}
