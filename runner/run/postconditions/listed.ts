/** listed: a list has each resource that the run created in it once, as it was created, and its pages and totals agree. */
import type { Action, Finding, Json, ReturnedList } from "../../model/index.ts";
import { idOfEntry, pageSizeOf } from "../../spec/returned-list.ts";
import { countIn, type ExpectedEntries, expectedEntries } from "./expected-entries.ts";
import { acceptedCall, type CompletedCall, type Postcondition, type PostconditionContext } from "./postcondition.ts";
import { entriesOf, type ListReading, outputValue, type ReadOptions, readList } from "./read-list.ts";
import { repeatReading } from "./repeat-reading.ts";
import { memberFindings } from "./returned-members.ts";

export const listed: Postcondition = {
  id: "listed",
  applies: ({ testCase: { action, expect, family }, result }) =>
    action.returnedList !== undefined &&
    family !== "control" &&
    expect.outcome === "success" &&
    result.actual === "success",
  async verify(context, call) {
    const list = call.testCase.action.returnedList as ReturnedList;
    return repeatReading(context, call, acceptedCall(call).output, async (output) => {
      const expected = expectedEntries(context, call, list);
      const reading = await readList(output, readOptions(context, call, list, expected));
      if (typeof reading === "string") return reading;
      const findings = [...listFindings(context, call, list, expected, reading)];
      if (findings.length === 0) findings.push(...(await offsetFindings(context, call, list, reading)));
      return { findings, ...(reading.exchange === undefined ? {} : { exchange: reading.exchange }) };
    });
  },
};

/** Pages that are read at most of a list that others use as well; the probes of a resource read as many. */
const MAX_PAGES = 200;
/** Pages without new entries that a list of the run may have: a server may filter after it has cut the pages. */
const MAX_EMPTY_PAGES = 20;
/** Pages of a list that others use as well in cases that do not need the whole list. */
const FEW_PAGES = 2;

function readOptions(
  { pool }: PostconditionContext,
  { testCase: { action, listPlan }, members }: CompletedCall,
  list: ReturnedList,
  { present, isPossible }: ExpectedEntries,
): ReadOptions {
  const isOwn = isPossible !== undefined;
  const sharedPages = listPlan === null ? 1 : listPlan.readsAllPages ? MAX_PAGES : FEW_PAGES;
  return {
    action,
    list,
    members,
    call: pool.context.call,
    maxPages: isOwn ? present.length + MAX_EMPTY_PAGES : sharedPages,
    mustEnd: isOwn,
    doubtsTotal: listPlan !== null,
  };
}

const at = (action: Action, pointer: string): string => action.service.envelope.output + pointer;

function* listFindings(
  context: PostconditionContext,
  call: CompletedCall,
  list: ReturnedList,
  expected: ExpectedEntries,
  reading: ListReading,
): Iterable<Finding> {
  const { action } = call.testCase;
  const { pages, tokenProblem } = reading;
  const finding = { check: "listed", level: "must" } as const;
  const location = at(action, list.listPointer);
  if (tokenProblem !== undefined) {
    const place = at(action, list.nextToken === undefined ? list.listPointer : `/${list.nextToken}`);
    yield {
      ...finding,
      location: place,
      expected: "the token of a new page, or absent on the last one",
      actual: tokenProblem,
    };
  }
  const idOf = (entry: Json) => idOfEntry(list, entry);
  const isOwn = expected.isPossible !== undefined;
  const idsOfPages = pages.map((entries) => entries.map((entry) => JSON.stringify(idOf(entry))));
  const ids = idsOfPages.flat();
  // In a list that others change, an entry may move to the next page between two calls, but not a whole page of them.
  const earlier = new Set<string>();
  for (const [i, page] of idsOfPages.entries()) {
    const repeated = page.filter((id) => earlier.has(id)).length;
    if (repeated > 0 && (isOwn || repeated === page.length))
      yield { ...finding, location, expected: `no entry of an earlier page on page ${i + 1}`, actual: "repeated" };
    for (const id of page) earlier.add(id);
  }
  const isWhole = reading.isComplete && skippedEntries(call, list) === 0;
  for (const entry of expected.present) {
    const shown = pages.flat().find((other) => JSON.stringify(idOf(other)) === JSON.stringify(entry.id));
    const { name } = entry.lease.resource;
    if (shown !== undefined) {
      const counts = Object.entries(list.counts).map(
        ([member, resource]) => [member, countIn(context, call, entry.lease, resource)] as const,
      );
      yield* memberFindings(
        "listed",
        location,
        shown,
        entry.members,
        name,
        entry.lease.ledgerEntry === null ? [] : counts,
        acceptedCall(call),
      );
    } else if (isWhole || list.entryFor !== undefined)
      yield { ...finding, location, expected: `a list with each ${name} that exists`, actual: "absent" };
  }
  if (expected.absent.some((id) => ids.includes(JSON.stringify(id))))
    yield { ...finding, location, expected: "a list without what was deleted", actual: "a deleted entry" };
  if (expected.isPossible && pages.flat().some((entry) => !expected.isPossible?.(idOf(entry) ?? null)))
    yield { ...finding, location, expected: "a list of what the call names", actual: "an entry of something else" };
  const aboutTotals = [...totalFindings(call, list, expected, reading, isWhole)];
  yield* aboutTotals.length > 0 ? aboutTotals : shortPageFindings(call, list, reading);
}

/**
 * With offsets, a page is full unless it is the last one: clients read on after as many entries as a page has. The total of the
 * same response says whether it is the last one. With tokens, a page may have fewer entries.
 */
function shortPageFindings(
  { testCase: { action }, members }: CompletedCall,
  list: ReturnedList,
  { outputs, pages }: ListReading,
): readonly Finding[] {
  const size = pageSizeOf(action, list, members);
  if (size === undefined || list.offset === undefined || list.nextToken !== undefined) return [];
  let reached = Number(members[list.offset] ?? 0);
  for (const [i, { length }] of pages.entries()) {
    reached += length;
    const total = list.totalPointer === undefined ? undefined : outputValue(outputs[i], list.totalPointer);
    if (length < size && typeof total === "number" && total > reached)
      return [
        {
          check: "listed",
          level: "must",
          location: at(action, list.listPointer),
          expected: `${Math.min(size, total - reached + length)} entries on page ${i + 1}`,
          actual: length,
        },
      ];
  }
  return [];
}

const skippedEntries = ({ members }: CompletedCall, { offset }: ReturnedList): number =>
  offset === undefined ? 0 : Number(members[offset] ?? 0);

/** Totals, and the flag for a next page. */
function* totalFindings(
  { testCase: { action }, members }: CompletedCall,
  list: ReturnedList,
  { present, isPossible }: ExpectedEntries,
  { outputs, pages }: ListReading,
  isWhole: boolean,
): Iterable<Finding> {
  const finding = { check: "listed", level: "must" } as const;
  const entries = pages.flat();
  // The number of a list that others change may differ between its pages, but not within the one page of a short list.
  const size = pageSizeOf(action, list, members);
  const [firstPage = []] = pages;
  const isShort = entries.length === firstPage.length || (size !== undefined && firstPage.length < size);
  const isExact = isWhole && (isPossible !== undefined || isShort);
  const { totalPointer, itemTotals, truncatedPointer, nextToken } = list;
  const total = totalPointer === undefined ? undefined : outputValue(outputs.at(-1), totalPointer);
  if (totalPointer !== undefined && typeof total === "number") {
    const location = at(action, totalPointer);
    if (isExact && total !== entries.length)
      yield { ...finding, location, expected: `${entries.length}, the number of entries`, actual: total };
    else if (!isExact && total < Math.max(present.length, firstPage.length))
      yield { ...finding, location, expected: "no less than the number of entries", actual: total };
  }
  for (const [pointer, member] of Object.entries(itemTotals)) {
    const sum = outputValue(outputs.at(-1), pointer);
    const items = entries.map((entry) => outputValue(entry, `/${member}`));
    if (!isExact || typeof sum !== "number" || !items.every(Array.isArray)) continue;
    const number = items.flat().length;
    if (sum !== number)
      yield { ...finding, location: at(action, pointer), expected: `${number}, the number of ${member}`, actual: sum };
  }
  if (truncatedPointer === undefined || nextToken === undefined) return;
  for (const output of outputs) {
    const token = outputValue(output, `/${nextToken}`);
    const isTruncated = typeof token === "string" && token !== "";
    const flag = outputValue(output, truncatedPointer);
    if (typeof flag === "boolean" && flag !== isTruncated)
      yield { ...finding, location: at(action, truncatedPointer), expected: isTruncated, actual: flag };
  }
}

/** A list that is read with tokens: the page after an offset has no whole page of the entries before it. */
async function offsetFindings(
  { pool }: PostconditionContext,
  call: CompletedCall,
  list: ReturnedList,
  { pages }: ListReading,
): Promise<readonly Finding[]> {
  const { action } = call.testCase;
  const skipped = skippedEntries(call, list);
  // Without a known size of pages, the page from the beginning has the entries after the offset as well.
  const size = pageSizeOf(action, list, call.members);
  if (list.offset === undefined || skipped === 0 || size === undefined || size > skipped) return [];
  const start = await pool.context.call(action, { ...call.members, [list.offset]: 0 }, "probe");
  if (start.kind !== "accepted") return [];
  const idOf = (entry: Json) => JSON.stringify(idOfEntry(list, entry));
  const before = new Set(entriesOf(start.output, list).map(idOf));
  const page = (pages[0] ?? []).map(idOf);
  return page.length > 0 && page.every((id) => before.has(id))
    ? [
        {
          check: "listed",
          level: "must",
          location: at(action, list.listPointer),
          expected: `no entry of the ${skipped} before the offset`,
          actual: "repeated",
        },
      ]
    : [];
}
