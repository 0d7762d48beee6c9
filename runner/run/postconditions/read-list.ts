/** The first page of a list → its further pages, as far as they show something. */
import jsonpointer from "jsonpointer";
import type { Action, CallMembers, Exchange, Json, ReturnedList } from "../../model/index.ts";
import type { CallTarget } from "../../resources/target-call.ts";
import { causesOf } from "../../spec/error-codes.ts";
import { pageSizeOf } from "../../spec/returned-list.ts";

export interface ListReading {
  /** The output of each page. */
  readonly outputs: readonly (Json | undefined)[];
  /** The entries of each page. */
  readonly pages: readonly (readonly Json[])[];
  /** True where the last page is the end of the list. */
  readonly isComplete: boolean;
  /** What is wrong with a token: it leads back to an earlier page, to ever more pages, or to none. */
  readonly tokenProblem?: "a repeated token" | "more pages than entries" | "a refused token";
  /** The last request. */
  readonly exchange?: Exchange;
}

export interface ReadOptions {
  readonly action: Action;
  readonly list: ReturnedList;
  /** The members of the call for the first page. */
  readonly members: CallMembers;
  readonly call: CallTarget;
  /** Pages that are read at most. */
  readonly maxPages: number;
  /** True where the pages must end within `maxPages`. */
  readonly mustEnd: boolean;
  /** True where a full page is followed by a request for the next, although the total says that there is none. */
  readonly doubtsTotal: boolean;
}

/** A text says why a page could not be read. `first`: the output of the first page. */
export async function readList(first: Json | undefined, options: ReadOptions): Promise<ListReading | string> {
  const { action, list, call, maxPages } = options;
  const outputs = [first];
  const pages = [entriesOf(first, list)];
  let members = options.members;
  const tokens = new Set<Json>();
  let exchange: Exchange | undefined;
  for (;;) {
    const reading = { outputs, pages, ...(exchange === undefined ? {} : { exchange }) };
    const next = nextPage(members, outputs.at(-1), pages.at(-1) ?? [], options);
    if (!next) return { ...reading, isComplete: true };
    const token = list.nextToken === undefined ? undefined : next[list.nextToken];
    if (token !== undefined && tokens.has(token))
      return { ...reading, isComplete: false, tokenProblem: "a repeated token" };
    if (token !== undefined) tokens.add(token);
    if (pages.length >= maxPages)
      return { ...reading, isComplete: false, ...(options.mustEnd ? { tokenProblem: "more pages than entries" } : {}) };
    members = next;
    const result = await call(action, members, "probe");
    exchange = result.exchange ?? exchange;
    if (result.kind === "refused" && isAboutRequest(action, result.code)) {
      const end = { ...reading, ...(exchange === undefined ? {} : { exchange }) };
      // A document may refuse an offset at the end of the list, but not a token that the target has just returned.
      return token === undefined
        ? { ...end, isComplete: true }
        : { ...end, isComplete: false, tokenProblem: "a refused token" };
    }
    if (result.kind !== "accepted")
      return `the next page of ${action.name}: ${result.kind === "refused" ? result.code : result.reason}`;
    outputs.push(result.output);
    pages.push(entriesOf(result.output, list));
  }
}

const isAboutRequest = (action: Action, code: string): boolean => {
  const causes = causesOf(action, code);
  return causes.length > 0 && causes.every((cause) => ["request", "state", "unreachable", "elsewhere"].includes(cause));
};

/** The members of the call for the page after this one; undefined after the last. */
function nextPage(
  members: CallMembers,
  output: Json | undefined,
  entries: readonly Json[],
  { action, list, doubtsTotal }: ReadOptions,
): CallMembers | undefined {
  const { nextToken, offset, totalPointer } = list;
  if (nextToken !== undefined) {
    const token = outputValue(output, `/${nextToken}`);
    if (typeof token !== "string" || token === "") return undefined;
    // An offset counts from the beginning, and a token states its own place.
    const { [offset ?? ""]: _, ...others } = members;
    return { ...others, [nextToken]: token };
  }
  if (offset === undefined || entries.length === 0) return undefined;
  const reached = Number(members[offset] ?? 0) + entries.length;
  const total = totalPointer === undefined ? undefined : outputValue(output, totalPointer);
  const size = pageSizeOf(action, list, members);
  const isFull = size === undefined || entries.length >= size;
  const saysMore = typeof total === "number" && total > reached;
  return saysMore || (isFull && (doubtsTotal || typeof total !== "number"))
    ? { ...members, [offset]: reached }
    : undefined;
}

export function entriesOf(output: Json | undefined, { listPointer }: ReturnedList): readonly Json[] {
  const entries = outputValue(output, listPointer);
  return Array.isArray(entries) ? entries : [];
}

/** A null says no more than an absent member. */
export const outputValue = (output: Json | undefined, pointer: string): Json | undefined =>
  typeof output === "object" && output !== null
    ? ((jsonpointer.get(output, pointer) as Json | undefined) ?? undefined)
    : undefined;
