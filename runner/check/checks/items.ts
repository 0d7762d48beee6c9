/** items: where an answer's list holds a result per entry, there is one for each that was sent, and each is a good one. */
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

/** At most this many entries of one answer are told: a hostile one could have a hundred thousand. */
const most = 20;

function itemFindings(action: Action, output: Json | undefined, members: CallMembers): readonly Finding[] {
  const { itemResults } = action;
  if (!itemResults) return NO_FINDINGS;
  const location = action.service.envelope.output + itemResults.listPointer;
  const list =
    typeof output === "object" && output !== null
      ? (jsonpointer.get(output, itemResults.listPointer) as Json | undefined)
      : undefined;
  const finding = { check: "items", level: "must" } as const;
  if (!Array.isArray(list))
    return [{ ...finding, location, expected: "array", actual: list === undefined ? "absent" : typeof list }];
  const told = new Set(list.map((entry) => memberOf(entry, itemResults.idMember)));
  const missing = keysOf(action, members, itemResults.idMember).filter((key) => !told.has(key)).length;
  const found: Finding[] =
    missing > 0
      ? [{ ...finding, location, expected: "a result for each entry sent", actual: `${missing} missing` }]
      : [];
  for (const [i, entry] of list.entries()) {
    const result = memberOf(entry, itemResults.resultMember);
    if (itemResults.successValues.some((good) => good === result)) continue;
    const actual = truncateJson(result ?? "absent");
    found.push({
      ...finding,
      location: `${location}/${i}/${itemResults.resultMember}`,
      expected: [...itemResults.successValues],
      actual,
    });
    if (found.length === most) break;
  }
  return found;
}

const memberOf = (entry: Json | undefined, name: string): Json | undefined =>
  typeof entry === "object" && entry !== null && !Array.isArray(entry) ? entry[name] : undefined;

/** The keys of the entries that were sent: the first list among the parameters holds them, bare or under the key's name. */
function keysOf(action: Action, members: CallMembers, key: string): Json[] {
  const sent = action.parameters.map((p) => members[p.name]).find((value) => Array.isArray(value));
  return Array.isArray(sent)
    ? sent.map((entry) => memberOf(entry, key) ?? entry).filter((v) => typeof v === "string")
    : [];
}
