/** A call over two bindings -> whether both have the same outcome. */

import { controlCall } from "../../cases/control.ts";
import type { Case, Finding } from "../../model/index.ts";
import { errorCodeLocation } from "../../spec/error-codes.ts";
import type { EvaluationContext } from "./context.ts";
import { resultWithoutControl } from "./controls.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

/** `binding`: the one that the binding of the case is compared with. */
export async function evaluateEquivalence(
  context: EvaluationContext,
  testCase: Case,
  binding: string,
  evaluate: (context: EvaluationContext, testCase: Case) => Promise<CaseResult>,
): Promise<CaseResult> {
  const unsupported = context.to.unsupported.bindings[binding];
  if (unsupported !== undefined) return resultWithoutResponse("skipped", unsupported, true);
  const { action, control } = testCase;
  const reference: Case = {
    ...testCase,
    binding,
    control: controlCall(action, binding, control.members, control.places),
  };
  const referenceControl = await context.controls.get(reference);
  if (referenceControl.kind !== "accepted") return resultWithoutControl(referenceControl);
  const expected = await evaluate(context, reference);
  if (!wasAnswered(expected)) return expected;
  const actual = await evaluate(context, testCase);
  if (!wasAnswered(actual)) return actual;
  const exchanges = [...expected.exchanges, ...actual.exchanges];
  const findings = [...expected.findings, ...actual.findings, ...differences(testCase, expected.actual, actual.actual)];
  const failed = findings.some((finding) => finding.level === "must");
  return { ...actual, status: failed ? "failed" : "passed", reason: "", findings, exchanges };
}

/** True where the judged call itself got a response: a refused set-up call does not count. */
const wasAnswered = ({ status, exchanges }: CaseResult): boolean =>
  exchanges.some(({ role }) => role === "judged") && ["passed", "observed", "failed"].includes(status);

/** A success over one binding and a refusal over the other is a failure; two different codes are a warning. */
function differences({ action }: Case, expected: string, actual: string): Finding[] {
  if (expected === actual) return [];
  const level = (expected === "success") === (actual === "success") ? "should" : "must";
  return [{ check: "equivalence", level, location: errorCodeLocation(action), expected, actual }];
}
