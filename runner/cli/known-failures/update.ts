/** A whole run and the list of known failures that it was judged by → the list as it has to read now. */
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
  readonly judged: KnownCollector;
  /** The ids of the cases at every depth: an entry on one that this run did not have is no business of its. */
  readonly allCaseIds: () => Iterable<string>;
}

/** Globs or ids, as they stand in the file. */
export interface UpdateResult {
  readonly text: string;
  readonly kept: readonly string[];
  readonly added: readonly string[];
  readonly dropped: readonly KnownFailure[];
}

const emptyText = "# Failures that are accepted for now, each with its reason.\nknown: []\n";
const matcher = (glob: string) => globMatcher([glob]);
const read = (text: string) => toEntries(parse(text, { maxAliasCount: -1 }));

export function updateKnown({ file, text, judged, allCaseIds }: UpdateInput): UpdateResult {
  const before = text === "" ? emptyText : text;
  const entries = read(before);
  const failures = judged.failures();
  const changes = changesOf(entries, failures, judged, allCaseIds);
  const added = newEntries(entries, failures, judged);
  const after = editKnownYaml(before, changes, added);
  const kept = entries.flatMap((entry, i) => applyChange(entry, changes[i] ?? "keep"));
  const fresh = added.map((entry): KnownFailure => ({ ...entry, reason: "" }));
  if (!isDeepStrictEqual(comparable(read(after)), comparable([...kept, ...fresh])))
    throw new Error(`${file} is written in a way that assay cannot edit`);
  return {
    text: after,
    kept: kept.map((entry) => entry.case),
    added: added.map((entry) => entry.case),
    dropped: entries.filter((_, i) => changes[i] === "drop"),
  };
}

/** In one order of the keys, so that two lists can be compared. */
const comparable = (entries: readonly KnownFailure[]) =>
  entries.map((e) => [e.case, e.check, e.location, [...e.expected], e.actual, e.reason, e.expires]);

function applyChange(entry: KnownFailure, change: EntryChange): KnownFailure[] {
  if (change === "keep") return [entry];
  return change === "drop" ? [] : change.map((id) => ({ ...entry, case: id }));
}

/** An entry stays while all that was judged under it fails that way; where some does not, only what fails is named. */
function changesOf(
  entries: readonly KnownFailure[],
  failures: readonly Failure[],
  judged: KnownCollector,
  everyId: () => Iterable<string>,
): EntryChange[] {
  const rows = entries.map((entry) => {
    const matches = matcher(entry.case);
    const hits = failures.filter((f) => matches(f.id) && f.signatures.some((s) => matchesSignature(entry, s)));
    return { matches, hits: hits.map((f) => f.id), under: judged.countsFor(entry.case) };
  });
  const silent = rows.filter(({ under }) => under.judged + under.observed + under.noVerdict === 0);
  const nowhere = silent.length > 0 ? unmatchedEntries(silent, everyId()) : new Set();
  return rows.map((row) => {
    const { hits, under } = row;
    if (hits.length > 0) return hits.length === under.judged ? "keep" : hits;
    if (under.judged > 0) return "drop";
    return nowhere.has(row) || (under.observed > 0 && under.noVerdict === 0) ? "drop" : "keep";
  });
}

/** Failures that no entry is about: one entry each, or one for a family of which all that was judged fails alike. */
function newEntries(
  entries: readonly KnownFailure[],
  failures: readonly Failure[],
  judged: KnownCollector,
): NewEntry[] {
  const rows = entries.map((entry) => ({ entry, matches: matcher(entry.case) }));
  const alike = uniformFamilies(failures, judged);
  const added = new Map<string, NewEntry>();
  for (const { id, family, signatures } of failures) {
    const mine = rows.filter((row) => row.matches(id));
    for (const s of signatures) {
      if (mine.some((row) => matchesSignature(row.entry, s))) continue;
      const entry: NewEntry = { case: alike.has(family) ? family : id, ...s };
      added.set(`${entry.case} ${signatureKey(s)}`, entry);
    }
  }
  return [...added.values()];
}

function uniformFamilies(failures: readonly Failure[], judged: KnownCollector): Set<string> {
  const families = new Map<string, { failed: number; ways: Set<string> }>();
  for (const { family, signatures } of failures) {
    const row = families.get(family) ?? { failed: 0, ways: new Set() };
    const [only, other] = signatures;
    row.failed++;
    row.ways.add(only && !other ? signatureKey(only) : MIXED);
    families.set(family, row);
  }
  const alike = [...families].filter(
    ([family, { failed, ways }]) => ways.size === 1 && !ways.has(MIXED) && failed === judged.judgedCount(family),
  );
  return new Set(alike.map(([family]) => family));
}

const MIXED = "several at once";
