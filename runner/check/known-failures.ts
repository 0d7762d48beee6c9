/** The known failures of a target -> which of them covers a failed case, and which are stale. */
import type { Finding, KnownFailure, KnownFailureState, Status } from "../model/index.ts";
import { findingSignature, matchesSignature } from "./finding-signature.ts";

export interface KnownFailureList {
  /** True where an entry that is not expired describes every `must` finding of the failed case. */
  covers(id: string, findings: readonly Finding[]): boolean;
  /** Records the result of a case. A case without a verdict makes no entry stale. */
  recordVerdict(id: string, findings: readonly Finding[], status?: Status): void;
  /**
   * Entries that are expired or whose cases passed, failed in another way or do not exist, one sentence each.
   * `complete`: no selection excluded cases from the run.
   */
  stale(complete: boolean): string[];
  /** Every entry with what happened to it so far, in the order of the list. */
  states(complete: boolean): KnownFailureState[];
}

/** The end of a day `YYYY-MM-DD` in UTC, in milliseconds since the epoch; undefined for a date that does not exist. */
export function endOfDay(day: string): number | undefined {
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return undefined;
  return start + 86_400_000;
}

interface Row {
  readonly entry: KnownFailure;
  readonly matches: (id: string) => boolean;
  readonly expired: boolean;
  /** True where a case failed as the entry describes. */
  used: boolean;
  /** The first judged case that did not fail as the entry describes; else empty. */
  otherResult: string;
  /** The first observed case; else empty. */
  observed: string;
  /** True where a case had no verdict: it may still fail as the entry describes. */
  hasCaseWithoutVerdict: boolean;
}

/**
 * `now`: milliseconds since the epoch; by default every entry with an expiry date counts as expired. `allCaseIds`: the ids of
 * the cases of every depth; called only if an entry matched no case of this run.
 */
export function knownList(
  entries: readonly KnownFailure[],
  matcher: (glob: string) => (id: string) => boolean,
  now = Number.POSITIVE_INFINITY,
  allCaseIds: () => Iterable<string> = () => [],
): KnownFailureList {
  const rows = entries.map(
    (entry): Row => ({
      entry,
      matches: matcher(entry.case),
      expired: entry.expires !== undefined && !(now < (endOfDay(entry.expires) ?? 0)),
      used: false,
      otherResult: "",
      observed: "",
      hasCaseWithoutVerdict: false,
    }),
  );
  const states = (complete: boolean): KnownFailureState[] => {
    const withoutCase = rows.filter((row) => !row.expired && !hasCase(row));
    const unmatched = complete && withoutCase.length > 0 ? unmatchedEntries(withoutCase, allCaseIds()) : new Set<Row>();
    return rows.map((row) => stateOf(row, unmatched.has(row)));
  };
  return {
    covers: (id, findings) => {
      const must = findings.filter(({ level }) => level === "must");
      const matching = rows.filter((row) => !row.expired && row.matches(id));
      return (
        must.length > 0 &&
        must.every((finding) => matching.some(({ entry }) => matchesSignature(entry, findingSignature(finding))))
      );
    },
    recordVerdict: (id, findings, status = "failed") => {
      const must = findings.filter(({ level }) => level === "must");
      for (const row of rows) {
        if (!row.matches(id)) continue;
        if (status === "observed") row.observed ||= id;
        else if (!VERDICT_STATUSES.includes(status)) row.hasCaseWithoutVerdict = true;
        else if (must.some((finding) => matchesSignature(row.entry, findingSignature(finding)))) row.used = true;
        else row.otherResult ||= id;
      }
    },
    stale: (complete) => staleEntries(states(complete), complete),
    states,
  };
}

/** Statuses that decide whether a case fails as a known failure describes. */
export const VERDICT_STATUSES: readonly Status[] = ["passed", "failed", "known"];

/** One sentence for each stale entry. */
export const staleEntries = (states: readonly KnownFailureState[], complete: boolean): string[] =>
  states.flatMap((state) => {
    const reason = staleness(state, complete);
    const place = state.listedAt === undefined ? "" : `${state.listedAt}: `;
    return reason === undefined ? [] : [`${place}${state.case}: ${reason}`];
  });

function staleness(state: KnownFailureState, complete: boolean): string | undefined {
  if (state.expired !== undefined) return `expired on ${state.expired}`;
  if (state.otherResult) return `listed as a known failure, but ${state.otherResult} did not fail that way`;
  if (state.used || state.hasCaseWithoutVerdict || !complete) return undefined;
  if (state.observed) return `listed as a known failure, but ${state.observed} did not fail: it was observed`;
  return state.unmatched ? "listed as a known failure, but no case matches it" : undefined;
}

/** True where the entry matched a case of this run. */
const hasCase = (
  state: Pick<KnownFailureState, "used" | "otherResult" | "observed" | "hasCaseWithoutVerdict">,
): boolean => Boolean(state.used || state.otherResult || state.observed || state.hasCaseWithoutVerdict);

/** Only what holds, so that a log stays small. */
function stateOf({ entry, used, otherResult, observed, hasCaseWithoutVerdict, expired }: Row, unmatched: boolean) {
  const { listedAt, case: glob, expires, reason } = entry;
  return {
    case: glob,
    ...(listedAt === undefined ? {} : { listedAt }),
    ...(used ? { used } : {}),
    ...(otherResult ? { otherResult } : {}),
    ...(observed ? { observed } : {}),
    ...(hasCaseWithoutVerdict ? { hasCaseWithoutVerdict } : {}),
    ...(expired ? { expired: `${expires}: ${reason}` } : {}),
    ...(unmatched ? { unmatched } : {}),
  };
}

/** The entries that are stale whatever the other shards find, one sentence each: those that a case of this shard refutes. */
export const staleInShard = (states: readonly KnownFailureState[]): string[] =>
  staleEntries(states.filter(hasCase), false);

/** The states of the same list in several shards as one. */
export function mergeStates(shards: readonly (readonly KnownFailureState[])[]): KnownFailureState[] {
  const [first = [], ...others] = shards;
  return first.map((state, i) => {
    let merged = state;
    // The first of several cases, as in a single run; what holds in any shard holds for the run.
    for (const other of others) merged = { ...other[i], ...merged };
    return merged;
  });
}

/** The rows that match none of the ids. The ids are read once, and only until every row is matched. */
export function unmatchedEntries<T extends { readonly matches: (id: string) => boolean }>(
  rows: readonly T[],
  ids: Iterable<string>,
): Set<T> {
  const unmatched = new Set(rows);
  for (const id of ids) {
    for (const row of unmatched) if (row.matches(id)) unmatched.delete(row);
    if (unmatched.size === 0) break;
  }
  return unmatched;
}
