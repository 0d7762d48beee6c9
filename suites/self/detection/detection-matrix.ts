/** What assay must notice: the cells of a table, each filled by a fault; and whether a failed verdict fills one. */
import { families } from "../../../runner/cases/families/index.ts";
import { checks } from "../../../runner/check/checks/index.ts";
import { pipeline } from "../../../runner/emulator/pipeline/index.ts";
import type { Action, Verdict } from "../../../runner/model/index.ts";
import { protocolOf, protocols } from "../../../runner/protocols/index.ts";
import { postconditions } from "../../../runner/run/postconditions/index.ts";
import type { Specs } from "../../../runner/spec/load.ts";
import { rulesOf } from "../../../runner/spec/rules.ts";

/** Ways to break a rule: what it forbids is taken, what it allows is refused, or it is refused for another reason. */
const BREACH_DIRECTIONS = ["lax", "strict", "code"] as const;

/** Checks over several answers to one case: no registry holds them. */
const overSeveral = ["concurrency", "equivalence"];

export function detectionMatrix({ actions, services }: Specs): string[] {
  const all = [...actions.values()];
  const words = new Set(all.flatMap(rulesOf).flatMap((r) => (r.path === "situation" ? [] : [r.breach])));
  // Whatever is wrong is wrong over the main binding, too, unless it is about another.
  const bindings = new Set([...services.values()].flatMap((s) => s.bindings.slice(1)));
  return [
    ...[...words].sort().flatMap((word) => BREACH_DIRECTIONS.map((way) => `keyword:${word}/${way}`)),
    ...families.map((f) => `family:${f.id}`),
    ...[...checks, ...postconditions].map((c) => `check:${c.id}`),
    ...overSeveral.map((id) => `check:${id}`),
    ...pipeline.map((s) => `stage:${s.name}`),
    ...protocols.map((p) => `protocol:${p.id}`),
    ...[...bindings].map((b) => `binding:${b}`),
    ...all.flatMap(changes),
  ];
}

/** Of an action that changes state: accepted and not done; done although the state forbids it; refused although it does not. */
function changes({ id, mutating, situations, parameters }: Action): string[] {
  if (!mutating) return [];
  const refused = situations.some((s) => s.refused) || parameters.some((p) => p.refusals.has("unique"));
  const accepted = situations.some((s) => !s.refused);
  return [`state:${id}/undone`, ...(refused ? [`state:${id}/lax`] : []), ...(accepted ? [`state:${id}/strict`] : [])];
}

/** Cells that every fault fills which fills one of these. */
const implied: readonly (readonly [cell: RegExp, also: string])[] = [
  [/^keyword:unknown\//, "stage:unknown parameters"],
  [/^keyword:(?:absent|empty|is-null)\//, "stage:required, empty, null"],
  [/^keyword:type\//, "stage:types"],
  [/^keyword:(?:x-maxBytes|maxLength|maxItems|pattern|enum|minimum|maximum|uniqueItems|input)\//, "stage:constraints"],
  [/^(?:state:|keyword:unique\/)/, "stage:state"],
  [/^protocol:/, "stage:authorization"],
];

export const impliedCells = (cell: string): string[] => implied.flatMap(([of, also]) => (of.test(cell) ? [also] : []));

/** Whether a failed verdict shows what the cell asks for; a stage says only where the emulator went wrong. */
export function isDetectedBy(cell: string, v: Verdict): boolean {
  if (v.status !== "failed") return false;
  const [kind = "", ...rest] = cell.split(":");
  const what = rest.join(":");
  const way = wayOf(v);
  const breach = v.rule?.slice(v.rule.lastIndexOf("/") + 1);
  if (kind === "check") return v.findings.some((f) => f.level === "must" && f.check === what);
  if (kind === "family") return v.family === what;
  if (kind === "binding") return v.id.endsWith(`@${what}`);
  if (kind === "protocol") return protocolOf(v.id.slice(v.id.lastIndexOf("@") + 1)).id === what;
  if (kind === "stage") return true;
  // What is allowed is under no rule, or under the one that is nearest.
  if (cell.endsWith("/strict")) return way === "strict" && (kind === "keyword" || what.startsWith(v.action));
  if (kind === "keyword") return `${breach}/${way}` === what;
  if (what === `${v.action}/undone`) return v.findings.some((f) => f.check === "effect");
  const ofState = breach === "unique" || (v.rule?.includes("/rule/situation/") ?? false);
  return ofState && `${v.action}/${way}` === what;
}

function wayOf({ expect, actual }: Verdict): (typeof BREACH_DIRECTIONS)[number] {
  if (expect.outcome !== "refused") return "strict";
  return actual === "success" ? "lax" : "code";
}
