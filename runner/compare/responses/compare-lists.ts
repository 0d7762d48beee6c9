/**
 * Two lists of a response -> their differences. Of a volatile list, which changes from moment to moment, only the shape of
 * the items is compared: which of them a page shows, and so which values, depends on what other cases have created.
 */
import type { Json } from "../../model/index.ts";
import { addDifference, type ComparisonContext, isEqual, itemMember, memberPointer, sizeOf } from "./context.ts";
import { isRunSpecific, normalize, type ReadingContext } from "./normalize-value.ts";

/** Items of a volatile list that are compared, because its items have few different shapes. */
const MAX_SHAPE_ITEMS = 50;

/** Nesting depth to which an item is searched for run-specific values. */
const MAX_ITEM_DEPTH = 16;

/**
 * True for a list of resources that the request does not name: what it contains depends on the moment, for example on the
 * resources that concurrent cases have created.
 */
export const isVolatileList = (list: readonly Json[], name: string, reading: ReadingContext): boolean =>
  list.slice(0, MAX_SHAPE_ITEMS).some((item) => hasRunSpecificValue(item, name, reading, 0));

function hasRunSpecificValue(value: Json, name: string, reading: ReadingContext, depth: number): boolean {
  if (value === null || typeof value !== "object") return isRunSpecific(value, name, reading);
  if (depth > MAX_ITEM_DEPTH) return false;
  const members: [string, Json][] = Array.isArray(value) ? value.map((item) => [name, item]) : Object.entries(value);
  return members.some(([member, inner]) => hasRunSpecificValue(inner, member, reading, depth + 1));
}

/** Compares item by item. Lists that are sorted by values of the run are compared in any order. */
export function compareStableLists(
  before: readonly Json[],
  after: readonly Json[],
  pointer: string,
  name: string,
  context: ComparisonContext,
): void {
  if (before.length !== after.length) {
    addDifference(context, pointer, sizeOf(before), sizeOf(after));
    return;
  }
  const sorted = isSorted(before, name, context.a) && isSorted(after, name, context.b);
  const pairs = sorted
    ? pairUnmatched(before, after, name, context)
    : before.map((item, i) => [i, item, after[i] ?? null] as const);
  for (const [i, beforeItem, afterItem] of pairs)
    context.compare(beforeItem, afterItem, `${pointer}/${i}`, name, context);
}

type ItemPair = readonly [index: number, before: Json, after: Json];

/** The items without an equal item in the other list, in pairs. */
function pairUnmatched(
  before: readonly Json[],
  after: readonly Json[],
  name: string,
  context: ComparisonContext,
): ItemPair[] {
  const unmatchedAfter = [...after];
  const unmatchedBefore = before.flatMap((item, i): (readonly [number, Json])[] => {
    const match = unmatchedAfter.findIndex((other) => isEqual(item, other, name, context));
    if (match < 0) return [[i, item]];
    unmatchedAfter.splice(match, 1);
    return [];
  });
  return unmatchedBefore.map(([i, item], n) => [i, item, unmatchedAfter[n] ?? null]);
}

function isSorted(list: readonly Json[], name: string, reading: ReadingContext): boolean {
  const keys = list.map((item) => sortKey(item, name, reading));
  return list.length > 1 && keys.every((key, i) => key !== null && (i === 0 || (keys[i - 1] ?? "") <= key));
}

/** The first text of an item that differs from run to run, such as an id. */
function sortKey(item: Json, name: string, reading: ReadingContext): string | null {
  if (typeof item === "string") return normalize(item, name, reading)[0]?.startsWith("<") ? item : null;
  if (item === null || typeof item !== "object" || Array.isArray(item)) return null;
  for (const [member, value] of Object.entries(item)) {
    const key = typeof value === "string" ? sortKey(value, member, reading) : null;
    if (key !== null) return key;
  }
  return null;
}

/** One item of the first list must be equal to one of the second in shape. An empty list has no shape to compare. */
export function compareVolatileLists(
  before: readonly Json[],
  after: readonly Json[],
  pointer: string,
  name: string,
  context: ComparisonContext,
): void {
  if (!context.shapeOnly) {
    collectMembers(before, pointer, context.itemMembers.a, context);
    collectMembers(after, pointer, context.itemMembers.b, context);
  }
  const [firstBefore, firstAfter] = [before[0], after[0]];
  if (firstBefore === undefined || firstAfter === undefined) return;
  const itemContext = { ...context, shapeOnly: true };
  const haveEqualItems = before
    .slice(0, MAX_SHAPE_ITEMS)
    .some((item) => after.slice(0, MAX_SHAPE_ITEMS).some((other) => isEqual(item, other, name, itemContext)));
  if (!haveEqualItems) context.compare(firstBefore, firstAfter, `${pointer}/0`, name, itemContext);
}

/** Adds the members of the items, and those of all objects in them. */
function collectMembers(
  items: readonly Json[],
  pointer: string,
  members: Set<string>,
  context: ComparisonContext,
): void {
  const visit = (value: Json, at: string, depth: number): void => {
    if (value === null || typeof value !== "object" || depth > MAX_ITEM_DEPTH) return;
    for (const [name, inner] of Object.entries(value)) {
      const inside = memberPointer(at, name);
      if (!Array.isArray(value)) members.add(itemMember(context, inside, inner));
      visit(inner, inside, depth + 1);
    }
  };
  visit(items.slice(0, MAX_SHAPE_ITEMS), pointer, 0);
}
