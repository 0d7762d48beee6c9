/** items: where a response has a list of results, it has a successful result for each item that was sent. */
import jsonpointer from "jsonpointer";
import type { Action, CallMembers, Finding, Json } from "../../model/index.ts";
import { type Check, NO_FINDINGS } from "../check.ts";
import { truncateJson } from "../truncate.ts";

export const items: Check = {
  id: "items",
  findings: ({ testCase: { action, expect }, outcome, members }) =>
    expect.outcome === "success" && outcome.kind === "success"
      ? itemFindings(action, outcome.output, members)
      : NO_FINDINGS,
};

/** Results of one response that are reported: a hostile response could have a hundred thousand. */
const MAX_FINDINGS = 20;

function itemFindings(action: Action, output: Json | undefined, members: CallMembers): readonly Finding[] {
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
  const missing = sentIds(action, members, idMember).filter((id) => !returnedIds.has(id)).length;
  const findings: Finding[] =
    missing > 0
      ? [{ ...finding, location, expected: "a result for each item that was sent", actual: `${missing} missing` }]
      : [];
  for (const [i, item] of list.entries()) {
    const result = memberOf(item, resultMember);
    if (successValues.some((value) => value === result)) continue;
    findings.push({
      ...finding,
      location: `${location}/${i}/${resultMember}`,
      expected: [...successValues],
      actual: truncateJson(result ?? "absent"),
    });
    if (findings.length === MAX_FINDINGS) break;
  }
  return findings;
}

const memberOf = (item: Json | undefined, name: string): Json | undefined =>
  typeof item === "object" && item !== null && !Array.isArray(item) ? item[name] : undefined;

/** The ids in the first list among the parameters: its items, or the member `idMember` of each item. */
function sentIds(action: Action, members: CallMembers, idMember: string): Json[] {
  const list = action.parameters.map((p) => members[p.name]).find((value) => Array.isArray(value));
  return Array.isArray(list)
    ? list.map((item) => memberOf(item, idMember) ?? item).filter((id) => typeof id === "string")
    : [];
}
