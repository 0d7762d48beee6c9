/** What two values of an answer are compared by, and where it is told that they part. */
import type { Json, ResponseDifference } from "../../model/index.ts";
import type { ReadingContext } from "./normalize-value.ts";

export interface ComparisonContext {
  readonly a: ReadingContext;
  readonly b: ReadingContext;
  /** Both requests name a thing of the run: of a list the items are alike by their values, too. */
  readonly own: boolean;
  /** Types and members alone; the values are another moment's. */
  readonly shapeOnly: boolean;
  /** So many places are looked for. */
  readonly most: number;
  readonly found: ResponseDifference[];
  readonly depth: number;
  /** Values that may still be looked at: a hostile list of lists would take a day. */
  readonly steps: { left: number };
  /** Tells where two values part, whatever they are. */
  readonly part: (x: Json, y: Json, at: string, name: string, c: ComparisonContext) => void;
}

export function addDifference(c: ComparisonContext, location: string, before: string, after: string): void {
  if (c.found.length < c.most) c.found.push({ location, before, after });
}

/** True where nothing sets them apart. */
export function isEqual(x: Json, y: Json, name: string, c: ComparisonContext): boolean {
  const found: ResponseDifference[] = [];
  c.part(x, y, "", name, { ...c, found, most: 1 });
  return found.length === 0;
}

export const sizeOf = (list: readonly Json[]): string =>
  list.length === 0 ? "an empty list" : `a list of ${list.length}`;
