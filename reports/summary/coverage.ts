/** Recording -> how many documented codes and rules were exercised, and why the others were not. */
import type { Coverage, Recording } from "../../runner/model/index.ts";
import { oneLine } from "../text/visible-text.ts";

export interface CoverageSummary {
  documented: number;
  /** Number of elements with a passed verdict. */
  exercised: number;
  /** Rules that the documents do not decide: their cases were observed, not judged. */
  observed: number;
  /** Number of the other elements by cause, such as `elsewhere` or `busy and elsewhere`. */
  readonly notExercised: Map<string, number>;
}

const emptySummary = (): CoverageSummary => ({ documented: 0, exercised: 0, observed: 0, notExercised: new Map() });

/** Null if the log has no coverage, as after an interrupted run. */
export function summarizeCoverage(recording: Recording): { codes: CoverageSummary; rules: CoverageSummary } | null {
  const codes = emptySummary();
  const rules = emptySummary();
  for (const { elements } of recording.coverage()) {
    for (const element of elements) {
      const { kind, exercised = 0, verdicts } = element;
      if (kind !== "code" && kind !== "rule") continue;
      const summary = kind === "code" ? codes : rules;
      summary.documented++;
      if (exercised > 0) summary.exercised++;
      else if (kind === "rule" && (verdicts.observed ?? 0) > 0) summary.observed++;
      else {
        const cause = notExercisedCause(element);
        summary.notExercised.set(cause, (summary.notExercised.get(cause) ?? 0) + 1);
      }
    }
  }
  return codes.documented + rules.documented > 0 ? { codes, rules } : null;
}

/** Why an element was not exercised. If it has cases, it was expected, but the call got another of its codes or did not pass. */
export function notExercisedCause({
  kind,
  cases,
  causes = [],
  notCoveredCause = "",
}: Coverage["elements"][number]): string {
  if (cases > 0) return "expected but not seen";
  return (kind === "code" ? [...causes].sort().join(" and ") : notCoveredCause) || "no case";
}

/** `815 documented, 213 exercised; not exercised: 12 busy, 300 elsewhere`. */
export function coveredLine({ documented, exercised, observed, notExercised }: CoverageSummary): string {
  const observedPart = observed > 0 ? `, ${observed} observed` : "";
  const causes = [...notExercised]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([cause, n]) => `${n} ${oneLine(cause)}`);
  const rest = causes.length > 0 ? `; not exercised: ${causes.join(", ")}` : "";
  return `${documented} documented, ${exercised} exercised${observedPart}${rest}`;
}
