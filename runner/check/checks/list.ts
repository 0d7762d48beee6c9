/** list: a page of a list has no more entries than asked for, no entry twice, and only entries that the sent filters select. */
import jsonpointer from "jsonpointer";
import type { Action, CallMembers, Finding, Json, ReturnedList } from "../../model/index.ts";
import { idOfEntry, memberOfEntry, pageSizeOf } from "../../spec/returned-list.ts";
import { type Check, NO_FINDINGS } from "../check.ts";
import { truncateJson } from "../truncate.ts";

export const list: Check = {
  id: "list",
  findings: ({ testCase: { action, expect }, outcome, members }) =>
    action.returnedList && expect.outcome === "success" && outcome.kind === "success"
      ? listFindings(action, action.returnedList, outcome.output, members)
      : NO_FINDINGS,
};

const FINDING = { check: "list", level: "must" } as const;

function listFindings(
  action: Action,
  list: ReturnedList,
  output: Json | undefined,
  members: CallMembers,
): readonly Finding[] {
  const pointer = action.service.envelope.output + list.listPointer;
  const entries = typeof output === "object" && output !== null ? jsonpointer.get(output, list.listPointer) : undefined;
  // The check `output` reports a list that is absent.
  if (!Array.isArray(entries) || entries.length === 0) return NO_FINDINGS;
  const findings: Finding[] = [];
  const size = pageSizeOf(action, list, members);
  if (size !== undefined && size > 0 && entries.length > size)
    findings.push({ ...FINDING, location: pointer, expected: `at most ${size} entries`, actual: entries.length });
  const ids = new Set<Json>();
  for (const [i, entry] of entries.entries()) {
    const id = idOfEntry(list, entry);
    if (typeof id !== "string" && typeof id !== "number") continue;
    const location = `${pointer}/${i}${list.idMember === undefined ? "" : `/${list.idMember}`}`;
    if (ids.has(id)) {
      findings.push({ ...FINDING, location, expected: "an id that no other entry has", actual: "repeated" });
      break;
    }
    ids.add(id);
  }
  for (const [parameter, filter] of list.filters) {
    const sent = members[parameter];
    if (sent === undefined || sent === null || sent === "") continue;
    const wrong = entries.findIndex((entry) => !isSelected(memberOfEntry(entry, filter.member), sent, filter.pattern));
    if (wrong < 0) continue;
    findings.push({
      ...FINDING,
      location: `${pointer}/${wrong}${isPlain(entries[wrong]) ? "" : `/${filter.member}`}`,
      expected: filter.pattern === undefined ? sent : `a match of ${filter.pattern}`,
      actual: truncateJson(memberOfEntry(entries[wrong], filter.member) ?? "absent"),
    });
  }
  return findings;
}

/** An entry need not show the member. */
const isSelected = (value: Json | undefined, sent: Json, pattern: string | undefined): boolean =>
  value === undefined || (pattern === undefined ? value === sent : new RegExp(pattern, "u").test(String(value)));

const isPlain = (entry: Json | undefined): boolean => typeof entry !== "object";
