/** Two JSON values and how to read each -> their differences. */
import type { Json } from "../../model/index.ts";
import { compareStableLists, compareVolatileLists, isVolatileList } from "./compare-lists.ts";
import {
  addDifference,
  type ComparisonContext,
  type FoundDifference,
  itemMember,
  memberPointer,
  sizeOf,
  typeOf,
} from "./context.ts";
import { isCountName, isTokenName } from "./field-names.ts";
import { displayValue, type JsonScalar, normalize, type ReadingContext } from "./normalize-value.ts";
import { classifyTimestamp } from "./timestamps.ts";

/** Deeper values are not compared: a hostile body may have ten thousand nested lists. */
const MAX_DEPTH = 64;

/** `pointer`: the JSON pointer to both values; `name`: the name of the member that holds them, or whose list does. */
export function compareJson(
  before: Json,
  after: Json,
  pointer: string,
  name: string,
  context: ComparisonContext,
): void {
  const { a, b, depth } = context;
  if (context.differences.length >= context.maxDifferences || depth > MAX_DEPTH || --context.budget.remaining < 0)
    return;
  const nested = () => ({ ...context, depth: depth + 1 });
  if (typeOf(before) !== typeOf(after))
    addDifference(
      context,
      pointer,
      describeWithType(before, name, a),
      describeWithType(after, name, b),
      lackingMembers(before, after, pointer, context),
    );
  else if (Array.isArray(before) && Array.isArray(after)) compareArrays(before, after, pointer, name, nested());
  else if (isObject(before) && isObject(after)) compareObjects(before, after, pointer, nested());
  else compareScalars(before as JsonScalar, after as JsonScalar, pointer, name, context);
}

/** Undefined outside the items of volatile lists. */
function lackingMembers(
  before: Json | undefined,
  after: Json | undefined,
  pointer: string,
  context: ComparisonContext,
): FoundDifference["lacking"] {
  if (!context.shapeOnly) return undefined;
  const lacking = (run: "a" | "b", other: Json | undefined) =>
    other === undefined ? [] : [{ run, member: itemMember(context, pointer, other) }];
  return [...lacking("a", after), ...lacking("b", before)];
}

function compareScalars(
  before: JsonScalar,
  after: JsonScalar,
  pointer: string,
  name: string,
  context: ComparisonContext,
): void {
  const { a, b } = context;
  if (context.shapeOnly) {
    const [beforeFormat, afterFormat] = [timeFormat(before, a), timeFormat(after, b)];
    if (beforeFormat !== afterFormat)
      addDifference(
        context,
        pointer,
        beforeFormat || displayValue(before, name, a),
        afterFormat || displayValue(after, name, b),
      );
    return;
  }
  // A resource that does not belong to the run may have been changed at any time, so another time is no difference.
  const meanings = (value: JsonScalar, reading: ReadingContext): readonly string[] =>
    normalize(value, name, reading).map((meaning) =>
      context.namesRunResource ? meaning : meaning.replace("<another time", "<time"),
    );
  const beforeMeanings = meanings(before, a);
  if (!meanings(after, b).some((meaning) => beforeMeanings.includes(meaning)))
    addDifference(context, pointer, displayValue(before, name, a), displayValue(after, name, b));
}

/** The format of a time, which is part of the shape; the time itself is not. Empty for any other value. */
const timeFormat = (value: JsonScalar, { moment }: ReadingContext): string =>
  typeof value === "string" ? (classifyTimestamp(value, false, moment) ?? "").replace("another ", "") : "";

function compareArrays(before: Json[], after: Json[], pointer: string, name: string, context: ComparisonContext): void {
  const isVolatile =
    context.shapeOnly || isVolatileList(before, name, context.a) || isVolatileList(after, name, context.b);
  if (isVolatile) compareVolatileLists(before, after, pointer, name, context);
  else compareStableLists(before, after, pointer, name, context);
}

type Members = { [member: string]: Json };

function compareObjects(before: Members, after: Members, pointer: string, context: ComparisonContext): void {
  const { a, b } = context;
  const [beforeLists, afterLists] = [listKinds(before, a), listKinds(after, b)];
  // If a list is volatile, a page token next to it and a flag such as IsTruncated change, too.
  const isVolatile = context.shapeOnly || beforeLists.hasVolatile || afterLists.hasVolatile;
  // A count changes like a volatile list, unless both objects have a stable list that it may count.
  const countsAreVolatile = isVolatile || !beforeLists.hasStable || !afterLists.hasStable;
  const [beforeMembers, afterMembers] = [byNormalizedName(before, a), byNormalizedName(after, b)];
  for (const name of new Set([...beforeMembers.keys(), ...afterMembers.keys()])) {
    const at = memberPointer(pointer, name);
    const [beforeValue, afterValue] = [beforeMembers.get(name), afterMembers.get(name)];
    if (beforeValue === undefined || afterValue === undefined) {
      if (isVolatile && isTokenName(name)) continue;
      addDifference(
        context,
        at,
        beforeValue === undefined ? "absent" : describe(beforeValue, name, a),
        afterValue === undefined ? "absent" : describe(afterValue, name, b),
        lackingMembers(beforeValue, afterValue, at, context),
      );
    } else if (!(isVolatile && isTokenName(name) && isToken(beforeValue) && isToken(afterValue))) {
      const shapeOnly = isCountName(name) ? countsAreVolatile : isVolatile && typeof beforeValue === "boolean";
      const memberContext = shapeOnly ? { ...context, shapeOnly: true } : context;
      compareJson(beforeValue, afterValue, at, name, memberContext);
    }
  }
}

/** Some targets omit the token of a page that does not exist, others send an empty text or null. */
const isToken = (value: Json): boolean => value === null || typeof value === "string";

/** An empty list counts as volatile. */
function listKinds(
  members: Members,
  reading: ReadingContext,
): { readonly hasVolatile: boolean; readonly hasStable: boolean } {
  const stable = Object.entries(members).flatMap(([name, value]) =>
    Array.isArray(value) ? [value.length > 0 && !isVolatileList(value, name, reading)] : [],
  );
  return { hasVolatile: stable.includes(false), hasStable: stable.includes(true) };
}

/** The name of a member may be the name of a resource of the run. */
function byNormalizedName(members: Members, reading: ReadingContext): Map<string, Json> {
  const normalizeName = (name: string) => (reading.namesRun(name) ? (normalize(name, "", reading)[0] ?? name) : name);
  return new Map(Object.entries(members).map(([name, value]) => [normalizeName(name), value]));
}

const isObject = (value: Json): value is Members =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function describe(value: Json, name: string, reading: ReadingContext): string {
  if (Array.isArray(value)) return sizeOf(value);
  return isObject(value) ? "an object" : displayValue(value, name, reading);
}

/** For values of different types. */
const describeWithType = (value: Json, name: string, reading: ReadingContext): string =>
  value === null || typeof value === "object"
    ? describe(value, name, reading)
    : `${describe(value, name, reading)} (${typeof value === "string" ? "text" : typeof value})`;
