/** Two lists of an answer → where they part; one of things that come and go is held by the shape of its items. */
import type { Json } from "../../model/index.ts";
import { addDifference, type ComparisonContext, isEqual, sizeOf } from "./context.ts";
import { isRunSpecific, normalize, type ReadingContext } from "./normalize-value.ts";

/** Items of a list of things of the target that are looked at: they have few shapes. */
const looked = 50;

/**
 * True where a list holds what neither the request named nor is always there: it shows what there was at that moment,
 * what other cases made and had not made yet.
 */
export const isVolatileList = (list: readonly Json[], name: string, reading: ReadingContext): boolean =>
  list.slice(0, looked).some((item) => holdsOthers(item, name, reading, 0));

function holdsOthers(value: Json, name: string, reading: ReadingContext, depth: number): boolean {
  if (value === null || typeof value !== "object") return isRunSpecific(value, name, reading);
  if (depth > 16) return false;
  const inside: [string, Json][] = Array.isArray(value) ? value.map((one) => [name, one]) : Object.entries(value);
  return inside.some(([member, one]) => holdsOthers(one, member, reading, depth + 1));
}

/** In the order of sending, unless the target sorts by what has other values in each run. */
export function compareStableLists(
  x: readonly Json[],
  y: readonly Json[],
  at: string,
  name: string,
  c: ComparisonContext,
): void {
  if (x.length !== y.length) {
    addDifference(c, at, sizeOf(x), sizeOf(y));
    return;
  }
  const sorted = isSorted(x, name, c.a) && isSorted(y, name, c.b);
  const left = sorted ? unmatched(x, y, name, c) : x.map((one, i) => [i, one, y[i] ?? null] as const);
  for (const [i, one, other] of left) c.part(one, other, `${at}/${i}`, name, c);
}

type Row = readonly [place: number, one: Json, other: Json];

/** What is left over when each item has found its like, in pairs. */
function unmatched(x: readonly Json[], y: readonly Json[], name: string, c: ComparisonContext): Row[] {
  const others = [...y];
  const alone = x.flatMap((one, i): (readonly [number, Json])[] => {
    const like = others.findIndex((other) => isEqual(one, other, name, c));
    if (like < 0) return [[i, one]];
    others.splice(like, 1);
    return [];
  });
  return alone.map(([i, one], n) => [i, one, others[n] ?? null]);
}

function isSorted(list: readonly Json[], name: string, reading: ReadingContext): boolean {
  const keys = list.map((item) => keyOf(item, name, reading));
  return list.length > 1 && keys.every((key, i) => key !== null && (i === 0 || (keys[i - 1] ?? "") <= key));
}

/** The first text of an item that refers to something. */
function keyOf(item: Json, name: string, reading: ReadingContext): string | null {
  if (typeof item === "string") return normalize(item, name, reading)[0]?.startsWith("<") ? item : null;
  if (item === null || typeof item !== "object" || Array.isArray(item)) return null;
  for (const [member, value] of Object.entries(item)) {
    const key = typeof value === "string" ? keyOf(value, member, reading) : null;
    if (key !== null) return key;
  }
  return null;
}

/** An item of the one has to look like an item of the other. An empty list says nothing. */
export function compareVolatileLists(
  x: readonly Json[],
  y: readonly Json[],
  at: string,
  name: string,
  c: ComparisonContext,
): void {
  const [first, other] = [x[0], y[0]];
  if (first === undefined || other === undefined) return;
  const loosely = c.own ? c : { ...c, shapeOnly: true };
  const alike = x.slice(0, looked).some((one) => y.slice(0, looked).some((two) => isEqual(one, two, name, loosely)));
  if (!alike) c.part(first, other, `${at}/0`, name, loosely);
}
