/** Two JSON values, each with what it takes to read it → the places at which they part. */
import type { Json } from "../../model/index.ts";
import { closedListsPart, isMoving, openListsPart } from "./compare-lists.ts";
import { type Comparing, sizeOf, tell } from "./context.ts";
import { isCountName, isTokenName } from "./field-names.ts";
import { type Leaf, meanings, type Reading, shown } from "./normalize-value.ts";
import { timeOf } from "./timestamps.ts";

/** Deeper than this nothing is told apart: a body may be ten thousand lists in one another. */
const deepest = 64;

export function valuesPart(x: Json, y: Json, at: string, name: string, c: Comparing): void {
  if (c.found.length >= c.most || c.depth > deepest || --c.steps.left < 0) return;
  const [kind, other] = [kindOf(x), kindOf(y)];
  if (kind !== other) tell(c, at, kinded(x, name, c.a), kinded(y, name, c.b));
  else if (Array.isArray(x) && Array.isArray(y)) listsPart(x, y, at, name, { ...c, depth: c.depth + 1 });
  else if (isObject(x) && isObject(y)) membersPart(x, y, at, { ...c, depth: c.depth + 1 });
  else leavesPart(x as Leaf, y as Leaf, at, name, c);
}

function leavesPart(x: Leaf, y: Leaf, at: string, name: string, c: Comparing): void {
  if (c.loose) {
    const [form, other] = [formOf(x, c.a), formOf(y, c.b)];
    if (form !== other) tell(c, at, form || shown(x, name, c.a), other || shown(y, name, c.b));
    return;
  }
  // What the run did not make may have been changed at any time.
  const read = (value: Leaf, reading: Reading): readonly string[] =>
    meanings(value, name, reading).map((one) => (c.own ? one : one.replace("<another time", "<time")));
  const may = read(x, c.a);
  if (!read(y, c.b).some((one) => may.includes(one))) tell(c, at, shown(x, name, c.a), shown(y, name, c.b));
}

/** Where there is no further page, some leave the token out and some send an empty one. */
const isToken = (value: Json): boolean => value === null || typeof value === "string";

/** How a time is written is part of the shape; when it was is not. */
const formOf = (value: Leaf, { moment }: Reading): string =>
  typeof value === "string" ? (timeOf(value, false, moment) ?? "").replace("another ", "") : "";

function listsPart(x: Json[], y: Json[], at: string, name: string, c: Comparing): void {
  const moving = c.loose || isMoving(x, name, c.a) || isMoving(y, name, c.b);
  if (moving) openListsPart(x, y, at, name, c);
  else closedListsPart(x, y, at, name, c);
}

type Members = { [member: string]: Json };

function membersPart(x: Members, y: Members, at: string, c: Comparing): void {
  const [lists, its] = [listsOf(x, c.a), listsOf(y, c.b)];
  // Of a list that changes from moment to moment it is told whether that is all, and how to go on.
  const moving = c.loose || lists.open || its.open;
  // How many things there are is another moment's, unless it counts what is there to be seen.
  const counts = moving || !lists.closed || !its.closed;
  const [mine, others] = [byKey(x, c.a), byKey(y, c.b)];
  for (const key of new Set([...mine.keys(), ...others.keys()])) {
    const place = `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const [one, other] = [mine.get(key), others.get(key)];
    if (one === undefined || other === undefined) {
      if (moving && isTokenName(key)) continue;
      tell(
        c,
        place,
        one === undefined ? "absent" : described(one, key, c.a),
        other === undefined ? "absent" : described(other, key, c.b),
      );
    } else if (!(moving && isTokenName(key) && isToken(one) && isToken(other))) {
      const free = isCountName(key) ? counts : moving && typeof one === "boolean";
      valuesPart(one, other, place, key, free ? { ...c, loose: true } : c);
    }
  }
}

function listsOf(members: Members, reading: Reading): { readonly open: boolean; readonly closed: boolean } {
  const closed = Object.entries(members).flatMap(([name, value]) =>
    Array.isArray(value) ? [value.length > 0 && !isMoving(value, name, reading)] : [],
  );
  return { open: closed.includes(false), closed: closed.includes(true) };
}

/** A member may be named after a thing of the run. */
function byKey(members: Members, reading: Reading): Map<string, Json> {
  const named = (key: string) => (key.includes(reading.run) ? (meanings(key, "", reading)[0] ?? key) : key);
  return new Map(Object.entries(members).map(([key, value]) => [named(key), value]));
}

const isObject = (value: Json): value is Members =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const kindOf = (value: Json): string => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

function described(value: Json, name: string, reading: Reading): string {
  if (Array.isArray(value)) return sizeOf(value);
  return isObject(value) ? "an object" : shown(value, name, reading);
}

/** With its type, which is what differs. */
const kinded = (value: Json, name: string, reading: Reading): string =>
  value === null || typeof value === "object"
    ? described(value, name, reading)
    : `${described(value, name, reading)} (${typeof value === "string" ? "text" : typeof value})`;
