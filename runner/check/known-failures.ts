/** A target's list of failures that are accepted for now: which entry speaks of a failure, and which are stale. */
import type { Finding, KnownFailure, Status } from "../model/index.ts";
import { findingSignature, matchesSignature } from "./finding-signature.ts";

export interface KnownFailureList {
  /** True where every `must` finding of the failed case stands in the list. */
  covers(id: string, findings: readonly Finding[]): boolean;
  /** A case and what became of it. One without a verdict speaks neither for an entry nor against it. */
  recordVerdict(id: string, findings: readonly Finding[], status?: Status): void;
  /** Entries that expired, passed, failed otherwise or matched nothing, in words. `whole`: no selection left cases out. */
  stale(whole: boolean): string[];
}

/** The moment at which a day of the calendar is over, in UTC; undefined where there is no such day. */
export function endOfDay(day: string): number | undefined {
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return undefined;
  return start + 86_400_000;
}

interface Row {
  readonly entry: KnownFailure;
  readonly matches: (id: string) => boolean;
  readonly expired: boolean;
  used: boolean;
  /** The first case that was judged and did not fail that way. */
  wrong: string;
  /** The first case that was looked at and not judged. */
  observed: string;
  /** A case that got no verdict may still fail as it did. */
  unheard: boolean;
}

/**
 * `now`: milliseconds; without a clock no entry counts that has an expiry. `everyId`: of the cases at every depth; asked
 * for only where an entry matched none of this run.
 */
export function knownList(
  entries: readonly KnownFailure[],
  matcher: (glob: string) => (id: string) => boolean,
  now = Number.POSITIVE_INFINITY,
  everyId: () => Iterable<string> = () => [],
): KnownFailureList {
  const rows = entries.map((entry): Row => {
    const expired = entry.expires !== undefined && !(now < (endOfDay(entry.expires) ?? 0));
    return { entry, matches: matcher(entry.case), expired, used: false, wrong: "", observed: "", unheard: false };
  });
  return {
    covers: (id, findings) => {
      const must = findings.filter((f) => f.level === "must");
      const mine = rows.filter((r) => !r.expired && r.matches(id));
      return must.length > 0 && must.every((f) => mine.some((r) => matchesSignature(r.entry, findingSignature(f))));
    },
    recordVerdict: (id, findings, status = "failed") => {
      const must = findings.filter((f) => f.level === "must");
      for (const row of rows) {
        if (!row.matches(id)) continue;
        if (status === "observed") row.observed ||= id;
        else if (!VERDICT_STATUSES.includes(status)) row.unheard = true;
        else if (must.some((f) => matchesSignature(row.entry, findingSignature(f)))) row.used = true;
        else row.wrong ||= id;
      }
    },
    stale: (whole) => {
      const silent = rows.filter((r) => !r.expired && !r.used && !r.wrong && !r.observed && !r.unheard);
      const nowhere = whole && silent.length > 0 ? unmatchedEntries(silent, everyId()) : new Set<Row>();
      return rows.flatMap((row) => {
        const why = staleness(row, whole, nowhere.has(row));
        const { listedAt, case: glob } = row.entry;
        return why === undefined ? [] : [`${listedAt === undefined ? "" : `${listedAt}: `}${glob}: ${why}`];
      });
    },
  };
}

export const VERDICT_STATUSES: readonly Status[] = ["passed", "failed", "known"];

function staleness({ entry, ...row }: Row, whole: boolean, nowhere: boolean): string | undefined {
  if (row.expired) return `expired on ${entry.expires}: ${entry.reason}`;
  if (row.wrong) return `listed as a known failure, but ${row.wrong} did not fail that way`;
  if (row.used || row.unheard || !whole) return undefined;
  if (row.observed) return `listed as a known failure, but ${row.observed} did not fail: it was observed`;
  return nowhere ? "listed as a known failure, but no case matches it" : undefined;
}

/** Those that none of the ids belongs to. The ids are walked once for all, and no further than it takes. */
export function unmatchedEntries<T extends { readonly matches: (id: string) => boolean }>(
  rows: readonly T[],
  ids: Iterable<string>,
): Set<T> {
  const left = new Set(rows);
  for (const id of ids) {
    for (const row of left) if (row.matches(id)) left.delete(row);
    if (left.size === 0) break;
  }
  return left;
}
