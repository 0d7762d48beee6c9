/** The state of comparing two response bodies: how to read each of them, limits, and the differences that were found. */
import type { Json, ResponseDifference } from "../../model/index.ts";
import type { ReadingContext } from "./normalize-value.ts";

export interface ComparisonContext {
  readonly a: ReadingContext;
  readonly b: ReadingContext;
  /** True where both requests name a resource of their run: then the items of volatile lists are compared by value, too. */
  readonly namesRunResource: boolean;
  /** True where only members and types are compared, because the values change from moment to moment. */
  readonly shapeOnly: boolean;
  readonly maxDifferences: number;
  readonly differences: ResponseDifference[];
  /** Nesting depth of the values that are compared. */
  readonly depth: number;
  /** JSON values that may still be compared: nested hostile lists would take hours. */
  readonly budget: { remaining: number };
  /** Adds the differences of two values of any type. A member, because the modules of this folder call each other. */
  readonly compare: (before: Json, after: Json, pointer: string, name: string, context: ComparisonContext) => void;
}

export function addDifference(context: ComparisonContext, location: string, before: string, after: string): void {
  const { differences, maxDifferences } = context;
  if (differences.length < maxDifferences) differences.push({ location, before, after });
}

/** True where two values have no difference. */
export function isEqual(before: Json, after: Json, name: string, context: ComparisonContext): boolean {
  const differences: ResponseDifference[] = [];
  context.compare(before, after, "", name, { ...context, differences, maxDifferences: 1 });
  return differences.length === 0;
}

export const sizeOf = (list: readonly Json[]): string =>
  list.length === 0 ? "an empty list" : `a list of ${list.length}`;
