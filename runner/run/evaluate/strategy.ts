/** A case → the way in which it is judged: alone, within a second, over two bindings, or as a mix that the seed makes. */
import type { Case } from "../../model/index.ts";
import { attempt, wentOn } from "./attempt.ts";
import { type Judged, type Judging, unheard } from "./context.ts";
import { withoutControl } from "./controls.ts";
import { likeness } from "./equivalence.ts";
import { fuzzed } from "./fuzz.ts";

/** A value too short to carry the run's id may be somebody else's: then another is tried. */
const mostAttempts = 10;
/** Characters or bytes up to which a value may lack the run's id. */
const short = 16;

/** One way for each kind of case. */
export function attempts(j: Judging, c: Case): Promise<Judged> {
  if (c.likewise !== null) return likeness(j, c, c.likewise, alone);
  return c.mix === null ? alone(j, c) : fuzzed(j, c, controlled);
}

function alone(j: Judging, c: Case): Promise<Judged> {
  if (c.edit?.op === "wire" && c.edit.change.signing?.shift !== undefined) return inOneSecond(j, c);
  const brief =
    c.expect.outcome === "success" &&
    c.edit?.op === "set" &&
    c.edit.value.kind === "text" &&
    c.edit.value.length <= short;
  return brief ? again(j, c) : attempt(j, c);
}

/** A mix may send members that the least call lacks: its own control comes first. */
async function controlled(j: Judging, c: Case): Promise<Judged> {
  const control = await j.controls.of(c);
  return control.kind === "accepted" ? alone(j, c) : withoutControl(control);
}

/** Questions about one second until one of them is answered within it. */
const mostSeconds = 30;

/** What is said of one second is asked within one. */
async function inOneSecond(j: Judging, c: Case): Promise<Judged> {
  for (let n = 1; ; n++) {
    const result = await attempt(j, c);
    if (result.reason !== wentOn || n === mostSeconds) return result;
    // The more answers have told the target's time, the less it is in doubt.
    if (!(await j.leases.builder.pause(100))) return result;
  }
}

async function again(j: Judging, c: Case): Promise<Judged> {
  for (let n = 1; ; n++) {
    const result = await attempt(j, c);
    if (result.status !== "failed" || !isTaken(c, result.seen)) return result;
    if (n < mostAttempts) continue;
    return {
      ...unheard("skipped", `each of ${mostAttempts} values of this length exists on the target`),
      seen: result.seen,
    };
  }
}

function isTaken(c: Case, code: string): boolean {
  const name = c.edit?.op === "set" ? c.edit.at.parameter : "";
  const unique = c.action.parameters.find((p) => p.name === name)?.refusals.get("unique");
  const used = c.action.situations.filter((s) => s.with[name] === "fresh").flatMap((s) => s.refused?.codes ?? []);
  return [...(unique?.codes ?? []), ...used].includes(code);
}
