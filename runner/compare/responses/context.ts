/** The state of comparing two response bodies: how to read each of them, limits, and the differences that were found. */
import type { Json, ResponseDifference } from "../../model/index.ts";
import type { ReadingContext } from "./normalize-value.ts";

/** A member of the items of a volatile list with its type, as action, JSON pointer with `*` for a position, and JSON type. */
export type ItemMember = string;

/** The members that items of volatile lists had in each run. */
export interface ItemMembers {
  readonly a: Set<ItemMember>;
  readonly b: Set<ItemMember>;
}

/**
 * `lacking`: what one item of a volatile list lacks and another has. The pages of two runs may show different items, so it
 * is no difference where other items of the run have it: then the member is optional, or may be null.
 */
export interface FoundDifference extends ResponseDifference {
  readonly lacking?: readonly { readonly run: "a" | "b"; readonly member: ItemMember }[];
}

export interface ComparisonContext {
  readonly a: ReadingContext;
  readonly b: ReadingContext;
  /** The name of the action, the first part of each of `itemMembers`. */
  readonly action: string;
  readonly itemMembers: ItemMembers;
  /** True where both requests name a resource of their run. */
  readonly namesRunResource: boolean;
  /** True where only members and types are compared, because the values change from moment to moment. */
  readonly shapeOnly: boolean;
  readonly maxDifferences: number;
  readonly differences: FoundDifference[];
  /** Nesting depth of the values that are compared. */
  readonly depth: number;
  /** JSON values that may still be compared: nested hostile lists would take hours. */
  readonly budget: { remaining: number };
  /** Adds the differences of two values of any type. A member, because the modules of this folder call each other. */
  readonly compare: (before: Json, after: Json, pointer: string, name: string, context: ComparisonContext) => void;
}

export function addDifference(
  context: ComparisonContext,
  location: string,
  before: string,
  after: string,
  lacking?: FoundDifference["lacking"],
): void {
  const { differences, maxDifferences } = context;
  if (differences.length < maxDifferences)
    differences.push({ location, before, after, ...(lacking === undefined ? {} : { lacking }) });
}

export const memberPointer = (pointer: string, name: string): string =>
  `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;

export const itemMember = ({ action }: ComparisonContext, pointer: string, value: Json): ItemMember =>
  `${action}${pointer.replace(/\/\d+(?=\/|$)/g, "/*")} ${typeOf(value)}`;

export const typeOf = (value: Json): string => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

/** True where two values have no difference. */
export function isEqual(before: Json, after: Json, name: string, context: ComparisonContext): boolean {
  const differences: FoundDifference[] = [];
  context.compare(before, after, "", name, {
    ...context,
    differences,
    maxDifferences: 1,
    itemMembers: { a: new Set(), b: new Set() },
  });
  return differences.length === 0;
}

export const sizeOf = (list: readonly Json[]): string =>
  list.length === 0 ? "an empty list" : `a list of ${list.length}`;
