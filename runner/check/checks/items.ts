/** items: where a response has a list of results, it has a successful result for each item that was sent. */
import jsonpointer from "jsonpointer";
import type { Action, CallMembers, Case, Finding, Json } from "../../model/index.ts";
import { type Check, NO_FINDINGS } from "../check.ts";
import { truncateJson } from "../truncate.ts";

export const items: Check = {
  id: "items",
  findings: ({ testCase, outcome, members }) =>
    testCase.expect.outcome === "success" && outcome.kind === "success"
      ? itemFindings(testCase, outcome.output, members)
      : NO_FINDINGS,
};

/** Results of one response that are reported: a hostile response could have a hundred thousand. */
const MAX_FINDINGS = 20;

function itemFindings(testCase: Case, output: Json | undefined, members: CallMembers): readonly Finding[] {
  const { action } = testCase;
  const { itemResults } = action;
  if (!itemResults) return NO_FINDINGS;
  const { listPointer, idMember, resultMember, successValues } = itemResults;
  const location = action.service.envelope.output + listPointer;
  const list =
    typeof output === "object" && output !== null
      ? (jsonpointer.get(output, listPointer) as Json | undefined)
      : undefined;
  const finding = { check: "items", level: "must" } as const;
  if (!Array.isArray(list))
    return [{ ...finding, location, expected: "array", actual: list === undefined ? "absent" : typeof list }];
  const returnedIds = new Set(list.map((item) => memberOf(item, idMember)));
  const sent = sentIds(action, members, idMember);
  const missing = sent.filter((id) => !returnedIds.has(id)).length;
  const valuesById = valuesOfStates(testCase, sent);
  const findings: Finding[] =
    missing > 0
      ? [{ ...finding, location, expected: "a result for each item that was sent", actual: `${missing} missing` }]
      : [];
  for (const [i, item] of list.entries()) {
    const result = memberOf(item, resultMember);
    const values = valuesById.get(memberOf(item, idMember)) ?? successValues;
    if (values.some((value) => value === result)) continue;
    findings.push({
      ...finding,
      location: `${location}/${i}/${resultMember}`,
      expected: [...values],
      actual: truncateJson(result ?? "absent"),
    });
    if (findings.length === MAX_FINDINGS) break;
  }
  return findings;
}

const memberOf = (item: Json | undefined, name: string): Json | undefined =>
  typeof item === "object" && item !== null && !Array.isArray(item) ? item[name] : undefined;

/**
 * By id: the values that the state of its resource demands. None where the list deviates, or where an equal call before or at
 * the same time has changed the state.
 */
function valuesOfStates(testCase: Case, sent: readonly Json[]): ReadonlyMap<Json | undefined, readonly Json[]> {
  const { action, situation, edit, sample, concurrency } = testCase;
  const { valuesByState = {} } = action.itemResults ?? {};
  const parameter = action.parameters.find(({ schema, name }) => schema.type === "array" && action.given.has(name));
  const state = situation?.where.get(parameter?.name ?? "") ?? action.given.get(parameter?.name ?? "");
  if (!state || edit || sample || concurrency || situation?.precedingCalls.length) return new Map();
  const states = [...(state.first ? [state.first] : []), ...Array.from({ length: state.count }, () => state)];
  return new Map(
    states.flatMap((s, i) => {
      const values = valuesByState[s.kind === "existing" ? s.resource : `${s.kind} ${s.resource}`];
      return values === undefined || sent.length !== states.length ? [] : [[sent[i], values] as const];
    }),
  );
}

/** The ids in the first list among the parameters: its items, or the member `idMember` of each item. */
function sentIds(action: Action, members: CallMembers, idMember: string): Json[] {
  const list = action.parameters.map((p) => members[p.name]).find((value) => Array.isArray(value));
  return Array.isArray(list)
    ? list.map((item) => memberOf(item, idMember) ?? item).filter((id) => typeof id === "string")
    : [];
}
