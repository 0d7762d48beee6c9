/** concurrency: the same call several times at once, of which one is accepted, or all. */
import type { Action, Parameter, Situation } from "../../model/index.ts";
import { additionalFor, minimalParameters } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

/** Few enough for any rate limit, and enough for two of them to be processed at the same time. Part of a case id. */
const COPIES = 4;

export const concurrency: Family = {
  id: "concurrency",
  description:
    "the same call several times at once, of which exactly one is accepted, or all where the call may be repeated; and calls that share one unique value",
  absenceReason: () => "no document states what happens when the same call is sent twice",
  *templates(action) {
    for (const p of action.parameters) yield* uniqueValueAlone(action, p);
    const repeated = action.situations.find((s) => repeatsSameCall(action, s));
    if (!repeated || repeated.refused?.level === "may") return;
    const codes = repeated.refused?.codes ?? null;
    yield {
      place: "call",
      slug: `${COPIES}-at-once`,
      title: `MUST accept ${codes ? "one" : "all"} of ${COPIES} equal calls sent at once`,
      outcome: "success",
      concurrency: { copies: COPIES, codes, level: repeated.refused?.level ?? "must" },
      rule: null,
      source: repeated.refused?.source ?? repeated.source,
    };
  },
};

/** Calls that share one unique value: a server that checks each value by itself must accept one of them. */
function* uniqueValueAlone(action: Action, p: Parameter): Iterable<CaseTemplate> {
  const notUnique = p.refusals.get("unique");
  const others = minimalParameters(action).filter((name) =>
    action.parameters.some((q) => q.name === name && q !== p && q.refusals.has("unique")),
  );
  if (!notUnique || notUnique.level === "may" || others.length === 0) return;
  yield {
    place: p.name,
    slug: `${COPIES}-at-once`,
    title: `MUST accept one of ${COPIES} calls sent at once that have only ${p.name} in common`,
    outcome: "success",
    concurrency: { copies: COPIES, codes: notUnique.codes, level: notUnique.level, sharedParameter: p.name },
    rule: null,
    additionalParameters: additionalFor(action, p),
    binding: action.service.bindings[0] ?? "",
    source: notUnique.source,
  };
}

/** True for a situation that differs only in that the same call was sent before. */
function repeatsSameCall(action: Action, { precedingCalls, where, additionalMembers: added }: Situation): boolean {
  const [first, ...moreCalls] = precedingCalls;
  if (!first || moreCalls.length > 0 || where.size > 0 || Object.keys(added).length > 0) return false;
  return (
    (first.call === "this" || first.call === action.name) &&
    Object.keys(first.members).length === 0 &&
    first.where.size === 0
  );
}
