/** A target's list of failures that are accepted for now: which entry speaks of a failure, and which are stale. */
import type { Finding, Json, KnownFailure } from "../model.ts";

export interface KnownList {
  /** True where every `must` finding of the failed case stands in the list. */
  covers(id: string, findings: readonly Finding[]): boolean;
  /** A case that passed or failed, and with what. One without a verdict says nothing of the list. */
  note(id: string, findings: readonly Finding[]): void;
  /** Entries that passed, failed otherwise or matched nothing, in words. `whole`: nothing was left out by a selection. */
  stale(whole: boolean): string[];
}

/** Facts of a finding that stay the same from run to run: never a value. */
export function signature(f: Finding): { check: string; at: string; expected: string[]; actual: string } {
  const codes = f.check === "code" || f.check === "outcome";
  const expected = codes ? [f.expected].flat().map(String) : [];
  return {
    check: f.check,
    at: f.at.replace(/\/\d+(?=\/|$)/g, "/*"),
    expected,
    actual: codes ? String(f.actual) : jsonType(f.actual),
  };
}

const typeWords = [
  "absent",
  "null",
  "array",
  "empty string",
  "integer",
  "number",
  "string",
  "object",
  "boolean",
  "repeated",
  "success",
];

/** Findings name types already; any other text is a value of the target's, and its type is all that is kept. */
const jsonType = (value: Json): string =>
  typeof value === "string" && typeWords.includes(value) ? value : value === null ? "null" : typeof value;

export function knownList(
  entries: readonly KnownFailure[],
  matcher: (glob: string) => (id: string) => boolean,
): KnownList {
  const rows = entries.map((entry) => ({ entry, matches: matcher(entry.case), used: 0, wrong: [] as string[] }));
  const same = (entry: KnownFailure, f: Finding): boolean => {
    const s = signature(f);
    return (
      entry.check === s.check &&
      entry.at === s.at &&
      String(entry.actual) === s.actual &&
      (entry.expected.length === 0 || entry.expected.join() === s.expected.join())
    );
  };
  return {
    covers: (id, findings) => {
      const must = findings.filter((f) => f.level === "must");
      const mine = rows.filter((r) => r.matches(id));
      return must.length > 0 && must.every((f) => mine.some((r) => same(r.entry, f)));
    },
    note: (id, findings) => {
      const must = findings.filter((f) => f.level === "must");
      for (const row of rows) {
        if (!row.matches(id)) continue;
        if (must.some((f) => same(row.entry, f))) row.used++;
        else if (row.wrong.length < 3) row.wrong.push(id);
      }
    },
    stale: (whole) =>
      rows.flatMap(({ entry, used, wrong }) => {
        if (wrong.length > 0)
          return [`${entry.case}: listed as a known failure, but ${wrong[0]} did not fail that way`];
        return used === 0 && whole ? [`${entry.case}: listed as a known failure, but no case matches it`] : [];
      }),
  };
}
