/** A case → the way in which it is judged: alone, within a second, over two bindings, or as a mix that the seed makes. */
import type { Case } from "../../model/index.ts";
import { CLOCK_CROSSED_SECOND, runOnce } from "./attempt.ts";
import type { EvaluationContext } from "./context.ts";
import { resultWithoutControl } from "./controls.ts";
import { evaluateEquivalence } from "./equivalence.ts";
import { evaluateFuzz } from "./fuzz.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

/** A value too short to carry the run's id may be somebody else's: then another is tried. */
const mostAttempts = 10;
/** Characters or bytes up to which a value may lack the run's id. */
const short = 16;

/** One way for each kind of case. */
export function evaluateByStrategy(j: EvaluationContext, c: Case): Promise<CaseResult> {
  if (c.equivalentTo !== null) return evaluateEquivalence(j, c, c.equivalentTo, evaluateSingle);
  return c.fuzzIndex === null ? evaluateSingle(j, c) : evaluateFuzz(j, c, evaluateWithControl);
}

function evaluateSingle(j: EvaluationContext, c: Case): Promise<CaseResult> {
  if (c.edit?.op === "request" && c.edit.mutation.signing?.shiftSeconds !== undefined)
    return retryWithinOneSecond(j, c);
  const brief =
    c.expect.outcome === "success" &&
    c.edit?.op === "set" &&
    c.edit.value.kind === "text" &&
    c.edit.value.length <= short;
  return brief ? retryWithOtherValue(j, c) : runOnce(j, c);
}

/** A mix may send members that the least call lacks: its own control comes first. */
async function evaluateWithControl(j: EvaluationContext, c: Case): Promise<CaseResult> {
  const control = await j.controls.of(c);
  return control.kind === "accepted" ? evaluateSingle(j, c) : resultWithoutControl(control);
}

/** Questions about one second until one of them is answered within it. */
const mostSeconds = 30;

/** What is said of one second is asked within one. */
async function retryWithinOneSecond(j: EvaluationContext, c: Case): Promise<CaseResult> {
  for (let n = 1; ; n++) {
    const result = await runOnce(j, c);
    if (result.reason !== CLOCK_CROSSED_SECOND || n === mostSeconds) return result;
    // The more answers have told the target's time, the less it is in doubt.
    if (!(await j.pool.context.pause(100))) return result;
  }
}

async function retryWithOtherValue(j: EvaluationContext, c: Case): Promise<CaseResult> {
  for (let n = 1; ; n++) {
    const result = await runOnce(j, c);
    if (result.status !== "failed" || !isAlreadyExists(c, result.actual)) return result;
    if (n < mostAttempts) continue;
    return {
      ...resultWithoutResponse("skipped", `each of ${mostAttempts} values of this length exists on the target`),
      actual: result.actual,
    };
  }
}

function isAlreadyExists(c: Case, code: string): boolean {
  const name = c.edit?.op === "set" ? c.edit.at.parameter : "";
  const unique = c.action.parameters.find((p) => p.name === name)?.refusals.get("unique");
  const used = c.action.situations
    .filter((s) => s.additionalMembers[name] === "fresh")
    .flatMap((s) => s.refused?.codes ?? []);
  return [...(unique?.codes ?? []), ...used].includes(code);
}
