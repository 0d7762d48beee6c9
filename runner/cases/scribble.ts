/** A parameter and any text → the draft of a call that sends it, with what the rules decide of it. */
import type { Action, Conflict, Parameter, Refusal } from "../model.ts";
import { standsOnce } from "../spec/once.ts";
import { bytes, chars } from "../values/measure.ts";
import { disputed, matches } from "../values/pattern.ts";
import { conflictsOf } from "./conflicts.ts";
import type { Draft } from "./draft.ts";
import { extraFor, sendable } from "./members.ts";

/** Parameters whose texts the documents decide, name nothing and need not be anybody's own. */
export const scribbled = (action: Action): Parameter[] =>
  action.parameters.filter(
    (p) =>
      sendable(p) &&
      p.schema.type === "string" &&
      p.schema.pattern !== undefined &&
      p.schema.enum === undefined &&
      !standsOnce(action, p) &&
      !action.given.has(p.name),
  );

export function scribble(action: Action, p: Parameter, text: string): Draft {
  const broken = breachesOf(p, text);
  const conflict = conflictsOf(p, text)[0];
  const why = "more than one rule may be broken";
  const refusal: Refusal | undefined =
    broken.length === 0
      ? undefined
      : { codes: broken.flatMap((r) => r.codes), level: levelOf(broken), why, source: p.source };
  return {
    place: p.name,
    slug: `scribble of ${chars(text)} characters`,
    title: "",
    outcome: refusal ?? "success",
    disputed: refusal ? undefined : conflict,
    also: conflict ? (p.refusals.get("pattern")?.codes ?? []) : [],
    rule: null,
    fits: ["request", "state"],
    extra: extraFor(action, p),
    edit: { op: "set", at: { parameter: p.name }, value: { kind: "literal", value: text } },
    source: p.source,
  };
}

const levelOf = (broken: readonly Refusal[]): Refusal["level"] =>
  broken.every((r) => r.level === "may") ? "may" : "should";

/** What the text breaks on every reading. */
function breachesOf(p: Parameter, text: string): Refusal[] {
  const { minLength = 0, maxLength = Infinity, "x-maxBytes": most = Infinity, "x-minBytes": least = 0 } = p.schema;
  const names: string[] = [];
  if (text === "" && p.refusals.has("empty")) names.push("empty");
  else {
    if (chars(text) > maxLength) names.push("maxLength");
    if (chars(text) < minLength) names.push("minLength");
    if (bytes(text) > most) names.push("x-maxBytes");
    if (bytes(text) < least) names.push("x-minBytes");
    if (!mayMatch(p, text)) names.push("pattern");
  }
  return names.map((name) => p.refusals.get(name)).filter((r) => r !== undefined);
}

/** True where the text matches, or would without the characters that are in dispute. */
function mayMatch(p: Parameter, text: string): boolean {
  if (matches(p.schema, p.anchored, text)) return true;
  const open = (conflicts: readonly Conflict[], char: string) => disputed(conflicts, "pattern", char);
  const settled = [...text].filter((char) => !open(p.conflicts, char)).join("");
  return (settled === "" && text !== "") || (settled !== text && matches(p.schema, p.anchored, settled));
}
