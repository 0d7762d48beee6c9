/** A call over two bindings → whether both had the same outcome. */

import { controlCall } from "../../cases/control.ts";
import type { Case, Finding } from "../../model/index.ts";
import { errorCodeLocation } from "../../spec/error-codes.ts";
import type { EvaluationContext } from "./context.ts";
import { resultWithoutControl } from "./controls.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

export async function evaluateEquivalence(
  j: EvaluationContext,
  c: Case,
  main: string,
  once: (j: EvaluationContext, c: Case) => Promise<CaseResult>,
): Promise<CaseResult> {
  const unbound = j.to.unsupported.bindings[main];
  if (unbound !== undefined) return resultWithoutResponse("skipped", unbound, true);
  const over: Case = { ...c, binding: main, control: controlCall(c.action, main, c.control.members) };
  const control = await j.controls.of(over);
  if (control.kind !== "accepted") return resultWithoutControl(control);
  const first = await once(j, over);
  if (!wasAnswered(first)) return first;
  const other = await once(j, c);
  if (!wasAnswered(other)) return other;
  const exchanges = [...first.exchanges, ...other.exchanges];
  const findings = [...first.findings, ...other.findings, ...differences(c, first.actual, other.actual)];
  const failed = findings.some((f) => f.level === "must");
  return { ...other, status: failed ? "failed" : "passed", reason: "", findings, exchanges };
}

/** Answered itself: a set-up that was refused is no answer to the call. */
const wasAnswered = ({ status, exchanges }: CaseResult): boolean =>
  exchanges.some((e) => e.role === "judged") && ["passed", "observed", "failed"].includes(status);

/** One accepted and one refused are two services; two codes for one thing are an untidiness. */
function differences(c: Case, first: string, other: string): Finding[] {
  if (first === other) return [];
  const level = (first === "success") === (other === "success") ? "should" : "must";
  return [{ check: "equivalence", level, location: errorCodeLocation(c.action), expected: first, actual: other }];
}
