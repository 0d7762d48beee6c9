/** Two JSON values, each with what it takes to read it → the places at which they part. */
import type { Json } from "../../model/index.ts";
import { compareStableLists, compareVolatileLists, isVolatileList } from "./compare-lists.ts";
import { addDifference, type ComparisonContext, sizeOf } from "./context.ts";
import { isCountName, isTokenName } from "./field-names.ts";
import { displayValue, type JsonScalar, normalize, type ReadingContext } from "./normalize-value.ts";
import { classifyTimestamp } from "./timestamps.ts";

/** Deeper than this nothing is told apart: a body may be ten thousand lists in one another. */
const deepest = 64;

export function compareJson(x: Json, y: Json, at: string, name: string, c: ComparisonContext): void {
  if (c.found.length >= c.most || c.depth > deepest || --c.steps.left < 0) return;
  const [kind, other] = [kindOf(x), kindOf(y)];
  if (kind !== other) addDifference(c, at, describeWithType(x, name, c.a), describeWithType(y, name, c.b));
  else if (Array.isArray(x) && Array.isArray(y)) compareArrays(x, y, at, name, { ...c, depth: c.depth + 1 });
  else if (isObject(x) && isObject(y)) compareObjects(x, y, at, { ...c, depth: c.depth + 1 });
  else compareScalars(x as JsonScalar, y as JsonScalar, at, name, c);
}

function compareScalars(x: JsonScalar, y: JsonScalar, at: string, name: string, c: ComparisonContext): void {
  if (c.shapeOnly) {
    const [form, other] = [formOf(x, c.a), formOf(y, c.b)];
    if (form !== other) addDifference(c, at, form || displayValue(x, name, c.a), other || displayValue(y, name, c.b));
    return;
  }
  // What the run did not make may have been changed at any time.
  const read = (value: JsonScalar, reading: ReadingContext): readonly string[] =>
    normalize(value, name, reading).map((one) => (c.own ? one : one.replace("<another time", "<time")));
  const may = read(x, c.a);
  if (!read(y, c.b).some((one) => may.includes(one)))
    addDifference(c, at, displayValue(x, name, c.a), displayValue(y, name, c.b));
}

/** Where there is no further page, some leave the token out and some send an empty one. */
const isToken = (value: Json): boolean => value === null || typeof value === "string";

/** How a time is written is part of the shape; when it was is not. */
const formOf = (value: JsonScalar, { moment }: ReadingContext): string =>
  typeof value === "string" ? (classifyTimestamp(value, false, moment) ?? "").replace("another ", "") : "";

function compareArrays(x: Json[], y: Json[], at: string, name: string, c: ComparisonContext): void {
  const moving = c.shapeOnly || isVolatileList(x, name, c.a) || isVolatileList(y, name, c.b);
  if (moving) compareVolatileLists(x, y, at, name, c);
  else compareStableLists(x, y, at, name, c);
}

type Members = { [member: string]: Json };

function compareObjects(x: Members, y: Members, at: string, c: ComparisonContext): void {
  const [lists, its] = [listsOf(x, c.a), listsOf(y, c.b)];
  // Of a list that changes from moment to moment it is told whether that is all, and how to go on.
  const moving = c.shapeOnly || lists.open || its.open;
  // How many things there are is another moment's, unless it counts what is there to be seen.
  const counts = moving || !lists.closed || !its.closed;
  const [mine, others] = [byKey(x, c.a), byKey(y, c.b)];
  for (const key of new Set([...mine.keys(), ...others.keys()])) {
    const place = `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const [one, other] = [mine.get(key), others.get(key)];
    if (one === undefined || other === undefined) {
      if (moving && isTokenName(key)) continue;
      addDifference(
        c,
        place,
        one === undefined ? "absent" : described(one, key, c.a),
        other === undefined ? "absent" : described(other, key, c.b),
      );
    } else if (!(moving && isTokenName(key) && isToken(one) && isToken(other))) {
      const free = isCountName(key) ? counts : moving && typeof one === "boolean";
      compareJson(one, other, place, key, free ? { ...c, shapeOnly: true } : c);
    }
  }
}

function listsOf(members: Members, reading: ReadingContext): { readonly open: boolean; readonly closed: boolean } {
  const closed = Object.entries(members).flatMap(([name, value]) =>
    Array.isArray(value) ? [value.length > 0 && !isVolatileList(value, name, reading)] : [],
  );
  return { open: closed.includes(false), closed: closed.includes(true) };
}

/** A member may be named after a thing of the run. */
function byKey(members: Members, reading: ReadingContext): Map<string, Json> {
  const named = (key: string) => (key.includes(reading.run) ? (normalize(key, "", reading)[0] ?? key) : key);
  return new Map(Object.entries(members).map(([key, value]) => [named(key), value]));
}

const isObject = (value: Json): value is Members =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const kindOf = (value: Json): string => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

function described(value: Json, name: string, reading: ReadingContext): string {
  if (Array.isArray(value)) return sizeOf(value);
  return isObject(value) ? "an object" : displayValue(value, name, reading);
}

/** With its type, which is what differs. */
const describeWithType = (value: Json, name: string, reading: ReadingContext): string =>
  value === null || typeof value === "object"
    ? described(value, name, reading)
    : `${described(value, name, reading)} (${typeof value === "string" ? "text" : typeof value})`;
