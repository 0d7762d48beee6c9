/** Recording → how much of what the documents say was provoked: codes and rules, and why the others were not. */
import type { Coverage, Recording } from "../../runner/model/index.ts";
import { oneLine } from "../text/visible-text.ts";

export interface CoverageSummary {
  documented: number;
  /** By a passed verdict. */
  provoked: number;
  /** Rules that the documents leave open: seen, and not judged. */
  observed: number;
  /** The others by cause: `elsewhere`, `busy and elsewhere`, … */
  readonly notExercised: Map<string, number>;
}

const nothing = (): CoverageSummary => ({ documented: 0, provoked: 0, observed: 0, notExercised: new Map() });

/** Null where the log holds no coverage. */
export function summarizeCoverage(recording: Recording): { codes: CoverageSummary; rules: CoverageSummary } | null {
  const codes = nothing();
  const rules = nothing();
  for (const { elements } of recording.coverage()) {
    for (const element of elements) {
      const { kind, exercised = 0, verdicts } = element;
      if (kind !== "code" && kind !== "rule") continue;
      const of = kind === "code" ? codes : rules;
      of.documented++;
      if (exercised > 0) of.provoked++;
      else if (kind === "rule" && (verdicts.observed ?? 0) > 0) of.observed++;
      else {
        const cause = notExercisedCause(element);
        of.notExercised.set(cause, (of.notExercised.get(cause) ?? 0) + 1);
      }
    }
  }
  return codes.documented + rules.documented > 0 ? { codes, rules } : null;
}

/** What has cases was awaited in vain: a call got another of its codes, or did not pass. Else the reason begins with its kind. */
export function notExercisedCause({
  kind,
  cases,
  causes = [],
  notCoveredReason = "",
}: Coverage["elements"][number]): string {
  if (cases > 0) return "awaited in vain";
  return (kind === "code" ? [...causes].sort().join(" and ") : notCoveredReason.split(":")[0]) || "no case";
}

/** `815 documented, 213 provoked; not provoked: 12 busy, 300 elsewhere`. */
export function coveredLine({ documented, provoked, observed, notExercised }: CoverageSummary): string {
  const open = observed > 0 ? `, ${observed} observed` : "";
  const left = [...notExercised]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([cause, n]) => `${n} ${oneLine(cause)}`);
  const rest = left.length > 0 ? `; not provoked: ${left.join(", ")}` : "";
  return `${documented} documented, ${provoked} provoked${open}${rest}`;
}
