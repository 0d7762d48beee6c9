/** `--update-known`: checks the options before the run, collects the verdicts, and writes the list after the run. */
import {
  chmodSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { globMatcher } from "../../cases/glob.ts";
import type { Footer, Shard, Verdict } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import { UsageError } from "../errors.ts";
import { knownCollector } from "./collect.ts";
import { allCaseIds, readKnown } from "./read.ts";
import { type UpdateResult, updateKnown } from "./update.ts";

export interface UpdateOptions {
  readonly select?: readonly string[];
  readonly readOnly?: boolean;
  readonly depth: string;
  readonly since?: string;
  readonly shard?: Shard;
}

export interface KnownUpdate {
  recordVerdict(verdict: Verdict, declaredUnsupported: boolean): void;
  /** Writes the list, or reports on standard error why it does not. Returns the exit code: that of the run, or 4 if writing failed. */
  finish(footer: Footer): number;
}

/**
 * Throws a UsageError where the options do not allow a complete run. Must be called before any request is sent.
 * `file`: the value of --known, or of `known` in the target file.
 */
export function prepareKnownUpdate(file: string | undefined, options: UpdateOptions, specs: Specs): KnownUpdate {
  const incompatible = [
    ...(options.select?.length ? ["--select or --exclude"] : []),
    ...(options.readOnly ? ["--read-only"] : []),
    ...(options.depth === "quick" ? ["--depth quick"] : []),
    ...(options.since === undefined ? [] : ["--since"]),
    ...(options.shard === undefined ? [] : ["--shard"]),
  ];
  if (incompatible.length > 0)
    throw new UsageError(`--update-known needs a complete run; remove ${incompatible.join(" and ")}`);
  if (file === undefined)
    throw new UsageError(
      "--update-known: no known-failure list is named; use --known FILE or the key `known` of the target file",
    );
  if (!existsSync(dirname(file)))
    throw new UsageError(`--known ${file}: the folder ${dirname(file)} does not exist; create it first`);
  const exists = existsSync(file);
  const entries = exists ? readKnown(file) : [];
  const text = exists ? readFileSync(file, "utf8") : "";
  const collector = knownCollector(
    entries.map((entry) => entry.case),
    (glob) => globMatcher([glob]),
  );
  return {
    recordVerdict: collector.recordVerdict,
    finish(footer) {
      const currentText = existsSync(file) ? readFileSync(file, "utf8") : "";
      const reasons = [
        ...(footer.interrupted ? ["the run was interrupted"] : []),
        ...collector.incompleteStatuses(),
        ...(currentText === text ? [] : ["the file was changed during the run"]),
      ];
      if (reasons.length > 0) {
        process.stderr.write(`${file} is not updated: ${reasons.join("; ")}\n`);
        return footer.exit;
      }
      try {
        const result = updateKnown({ file, text, collector, allCaseIds: () => allCaseIds(specs) });
        if (result.text !== text) replaceFileAtomically(file, result.text);
        process.stdout.write(formatSummary(file, result));
        return footer.exit;
      } catch (error) {
        process.stderr.write(`${file} is not updated: ${(error as Error).message}\n`);
        return 4;
      }
    },
  };
}

/** Writes to a temporary file and renames it, so that a reader sees the old list or the new one. A symbolic link and the mode of the file stay. */
function replaceFileAtomically(file: string, text: string): void {
  const realFile = existsSync(file) ? realpathSync(file) : file;
  const temporaryFile = `${realFile}.${process.pid}.tmp`;
  writeFileSync(temporaryFile, text, { flag: "wx" });
  try {
    if (existsSync(realFile)) chmodSync(temporaryFile, statSync(realFile).mode);
    renameSync(temporaryFile, realFile);
  } finally {
    rmSync(temporaryFile, { force: true });
  }
}

function formatSummary(file: string, { kept, added, dropped }: UpdateResult): string {
  const lines = [
    `${file}: ${kept.length} kept, ${added.length} added, ${dropped.length} dropped`,
    ...dropped.map((entry) => `  dropped: ${entry.case}: ${entry.reason}`),
    ...(added.length > 0
      ? ["fill in the reason of each added entry; until then `lint` and `run` reject the list"]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
