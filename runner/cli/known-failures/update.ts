/** The verdicts of a complete run and its known-failure list → the updated list. */
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { globMatcher } from "../../cases/glob.ts";
import { matchesSignature, signatureKey } from "../../check/finding-signature.ts";
import { unmatchedEntries } from "../../check/known-failures.ts";
import type { KnownFailure } from "../../model/index.ts";
import type { Failure, KnownCollector } from "./collect.ts";
import { type EntryChange, editKnownYaml, type NewEntry } from "./edit-yaml.ts";
import { toEntries } from "./read.ts";

export interface UpdateInput {
  readonly file: string;
  readonly text: string;
  readonly collector: KnownCollector;
  /** Ids of the cases at every depth: an entry for a case that exists but was not in this run is kept. */
  readonly allCaseIds: () => Iterable<string>;
}

/** `kept` and `added`: the globs or ids of the entries, as in the new file. */
export interface UpdateResult {
  /** The new content of the file. */
  readonly text: string;
  readonly kept: readonly string[];
  readonly added: readonly string[];
  readonly dropped: readonly KnownFailure[];
}

const EMPTY_LIST = "# Failures that are accepted for now, each with its reason.\nknown: []\n";
const matcher = (glob: string) => globMatcher([glob]);
const read = (text: string) => toEntries(parse(text, { maxAliasCount: -1 }));

export function updateKnown({ file, text, collector, allCaseIds }: UpdateInput): UpdateResult {
  const before = text === "" ? EMPTY_LIST : text;
  const entries = read(before);
  const failures = collector.failures();
  const changes = changesOf(entries, failures, collector, allCaseIds);
  const added = newEntries(entries, failures, collector);
  const after = editKnownYaml(before, changes, added);
  const kept = entries.flatMap((entry, i) => applyChange(entry, changes[i] ?? "keep"));
  const addedEntries = added.map((entry): KnownFailure => ({ ...entry, reason: "" }));
  // Text edits of YAML may fail for unusual styles: the new text must parse to exactly the expected entries.
  if (!isDeepStrictEqual(comparable(read(after)), comparable([...kept, ...addedEntries])))
    throw new Error(`${file} uses a YAML style that assay cannot edit; edit it by hand`);
  return {
    text: after,
    kept: kept.map((entry) => entry.case),
    added: added.map((entry) => entry.case),
    dropped: entries.filter((_, i) => changes[i] === "drop"),
  };
}

/** The values of the entries in a fixed order of keys, so that two lists can be compared. */
const comparable = (entries: readonly KnownFailure[]) =>
  entries.map((e) => [e.case, e.check, e.location, [...e.expected], e.actual, e.reason, e.expires]);

function applyChange(entry: KnownFailure, change: EntryChange): KnownFailure[] {
  if (change === "keep") return [entry];
  return change === "drop" ? [] : change.map((id) => ({ ...entry, case: id }));
}

/** An entry is kept if all judged cases that match it fail as it says; if only some do, it is narrowed to their ids. */
function changesOf(
  entries: readonly KnownFailure[],
  failures: readonly Failure[],
  collector: KnownCollector,
  allCaseIds: () => Iterable<string>,
): EntryChange[] {
  const rows = entries.map((entry) => {
    const matches = matcher(entry.case);
    const matching = failures.filter((f) => matches(f.id) && f.signatures.some((s) => matchesSignature(entry, s)));
    return { matches, failedIds: matching.map((f) => f.id), counts: collector.countsFor(entry.case) };
  });
  const withoutCase = rows.filter(({ counts }) => counts.judged + counts.observed + counts.noVerdict === 0);
  const unmatched = withoutCase.length > 0 ? unmatchedEntries(withoutCase, allCaseIds()) : new Set();
  return rows.map((row) => {
    const { failedIds, counts } = row;
    if (failedIds.length > 0) return failedIds.length === counts.judged ? "keep" : failedIds;
    if (counts.judged > 0) return "drop";
    return unmatched.has(row) || (counts.observed > 0 && counts.noVerdict === 0) ? "drop" : "keep";
  });
}

/** Entries for the failures that no entry covers: one per case and finding, or one for a family whose judged cases all fail in the same way. */
function newEntries(
  entries: readonly KnownFailure[],
  failures: readonly Failure[],
  collector: KnownCollector,
): NewEntry[] {
  const rows = entries.map((entry) => ({ entry, matches: matcher(entry.case) }));
  const uniform = uniformFamilies(failures, collector);
  const added = new Map<string, NewEntry>();
  for (const { id, family, signatures } of failures) {
    const matchingRows = rows.filter((row) => row.matches(id));
    for (const s of signatures) {
      if (matchingRows.some((row) => matchesSignature(row.entry, s))) continue;
      const entry: NewEntry = { case: uniform.has(family) ? family : id, ...s };
      added.set(`${entry.case} ${signatureKey(s)}`, entry);
    }
  }
  return [...added.values()];
}

/** Globs of the families whose judged cases all fail with the same single finding. */
function uniformFamilies(failures: readonly Failure[], collector: KnownCollector): Set<string> {
  const families = new Map<string, { failed: number; signatureKeys: Set<string> }>();
  for (const { family, signatures } of failures) {
    const row = families.get(family) ?? { failed: 0, signatureKeys: new Set() };
    const [first, second] = signatures;
    row.failed++;
    row.signatureKeys.add(first && !second ? signatureKey(first) : NOT_UNIFORM);
    families.set(family, row);
  }
  const uniform = [...families].filter(
    ([family, { failed, signatureKeys }]) =>
      signatureKeys.size === 1 && !signatureKeys.has(NOT_UNIFORM) && failed === collector.judgedCount(family),
  );
  return new Set(uniform.map(([family]) => family));
}

/** Stands for a case with several findings; no JSON text, so it differs from every signature key. */
const NOT_UNIFORM = "several findings";
