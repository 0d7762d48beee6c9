/** The kinds of defects that assay must detect, as cells of a matrix; and whether a failed verdict detects the defect of a cell. */
import { families } from "../../../runner/cases/families/index.ts";
import { checks } from "../../../runner/check/checks/index.ts";
import { pipeline } from "../../../runner/emulator/pipeline/index.ts";
import type { Action, Verdict } from "../../../runner/model/index.ts";
import { protocolOf, protocols } from "../../../runner/protocols/index.ts";
import { postconditions } from "../../../runner/run/postconditions/index.ts";
import type { Specs } from "../../../runner/spec/load.ts";
import { rulesOf } from "../../../runner/spec/rules.ts";

/** How a server can break a rule: `lax` accepts what the rule forbids, `strict` refuses what it allows, `code` refuses with a wrong code. */
const BREACH_DIRECTIONS = ["lax", "strict", "code"] as const;

/** Checks that compare several responses to one case; the registry of checks does not list them. */
const multiResponseChecks = ["concurrency", "equivalence"];

/** All cells, such as `keyword:maxLength/lax`, `stage:state` or `state:ACTION/undone`. */
export function detectionMatrix({ actions, services }: Specs): string[] {
  const all = [...actions.values()];
  const keywords = new Set(all.flatMap(rulesOf).flatMap((r) => (r.path === "situation" ? [] : [r.breach])));
  // The first binding of a service is its main one, which all other cells cover.
  const bindings = new Set([...services.values()].flatMap((s) => s.bindings.slice(1)));
  return [
    ...[...keywords]
      .sort()
      .flatMap((keyword) => BREACH_DIRECTIONS.map((direction) => `keyword:${keyword}/${direction}`)),
    ...families.map((f) => `family:${f.id}`),
    ...[...checks, ...postconditions].map((c) => `check:${c.id}`),
    ...multiResponseChecks.map((id) => `check:${id}`),
    ...pipeline.map((s) => `stage:${s.name}`),
    ...protocols.map((p) => `protocol:${p.id}`),
    ...[...bindings].map((b) => `binding:${b}`),
    ...all.flatMap(stateCells),
  ];
}

/**
 * The cells of an action that changes state. `undone`: accepted without effect; `lax`: accepted although the state forbids it;
 * `strict`: refused although the state allows it.
 */
function stateCells({ id, mutating, situations, parameters }: Action): string[] {
  if (!mutating) return [];
  const refused = situations.some((s) => s.refused) || parameters.some((p) => p.refusals.has("unique"));
  const accepted = situations.some((s) => !s.refused);
  return [`state:${id}/undone`, ...(refused ? [`state:${id}/lax`] : []), ...(accepted ? [`state:${id}/strict`] : [])];
}

/** Cells that a fault covers in addition to its own cell. */
const implied: readonly (readonly [cell: RegExp, impliedCell: string])[] = [
  [/^keyword:unknown\//, "stage:unknown parameters"],
  [/^keyword:(?:absent|empty|is-null)\//, "stage:required, empty, null"],
  [/^keyword:type\//, "stage:types"],
  [
    /^keyword:(?:x-maxBytes|maxLength|maxItems|pattern|enum|minimum|maximum|uniqueItems|x-uniqueBy|input)\//,
    "stage:constraints",
  ],
  [/^(?:state:|keyword:unique\/)/, "stage:state"],
  [/^protocol:/, "stage:authorization"],
];

/** The cells that are covered whenever `cell` is. */
export const impliedCells = (cell: string): string[] =>
  implied.flatMap(([pattern, impliedCell]) => (pattern.test(cell) ? [impliedCell] : []));

/** Checks of which every finding is a warning. */
const warningChecks = ["code-places"];

/** True for a failed case, and for one with a warning of a check that never fails a case. */
export const isDetected = ({ status, findings }: Verdict): boolean =>
  status === "failed" || findings.some(({ check }) => warningChecks.includes(check));

/** Whether the verdict detects the defect of the cell. For a stage any failed verdict does, since a stage only names where the emulator deviates. */
export function isDetectedBy(cell: string, verdict: Verdict): boolean {
  const [kind = "", ...rest] = cell.split(":");
  const subject = rest.join(":");
  if (kind === "check" && warningChecks.includes(subject))
    return verdict.findings.some(({ check }) => check === subject);
  if (verdict.status !== "failed") return false;
  const direction = breachDirectionOf(verdict);
  const breach = verdict.rule?.slice(verdict.rule.lastIndexOf("/") + 1);
  if (kind === "check") return verdict.findings.some((f) => f.level === "must" && f.check === subject);
  if (kind === "family") return verdict.family === subject;
  if (kind === "binding") return verdict.id.endsWith(`@${subject}`);
  if (kind === "protocol") return protocolOf(verdict.id.slice(verdict.id.lastIndexOf("@") + 1)).id === subject;
  if (kind === "stage") return true;
  // A case with an allowed value has no rule, or the rule whose limit is nearest.
  if (cell.endsWith("/strict"))
    return direction === "strict" && (kind === "keyword" || subject.startsWith(verdict.action));
  if (kind === "keyword") return `${breach}/${direction}` === subject;
  if (subject === `${verdict.action}/undone`) return verdict.findings.some((f) => f.check === "effect");
  const dependsOnState = breach === "unique" || (verdict.rule?.includes("/rule/situation/") ?? false);
  return dependsOnState && `${verdict.action}/${direction}` === subject;
}

function breachDirectionOf({ expect, actual }: Verdict): (typeof BREACH_DIRECTIONS)[number] {
  if (expect.outcome !== "refused") return "strict";
  return actual === "success" ? "lax" : "code";
}
