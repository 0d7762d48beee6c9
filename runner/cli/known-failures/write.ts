/** `--update-known`: what it refuses beforehand, what it takes from the run, and the file that it writes in the end. */
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
import type { Footer, Verdict } from "../../model/index.ts";
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
}

export interface KnownUpdate {
  recordVerdict(verdict: Verdict, excused: boolean): void;
  /** Writes the list, or says on standard error why not; the exit code, which is the run's unless writing failed. */
  finish(footer: Footer): number;
}

/** Refuses what cannot become a list of a whole run, before anything is sent. `file`: --known, or the target's. */
export function prepareKnownUpdate(file: string | undefined, options: UpdateOptions, specs: Specs): KnownUpdate {
  const short = [
    ...(options.select?.length ? ["--select"] : []),
    ...(options.readOnly ? ["--read-only"] : []),
    ...(options.depth === "quick" ? ["--depth quick"] : []),
    ...(options.since === undefined ? [] : ["--since"]),
  ];
  if (short.length > 0)
    throw new UsageError(`--update-known rewrites the list from a whole run; leave ${short.join(" and ")} out`);
  if (file === undefined)
    throw new UsageError("--update-known: which list? Name it with --known FILE, or under `known` of the target file");
  if (!existsSync(dirname(file))) throw new UsageError(`--known ${file}: no folder ${dirname(file)}; make it first`);
  const there = existsSync(file);
  const entries = there ? readKnown(file) : [];
  const text = there ? readFileSync(file, "utf8") : "";
  const judged = knownCollector(
    entries.map((entry) => entry.case),
    (glob) => globMatcher([glob]),
  );
  return {
    recordVerdict: judged.recordVerdict,
    finish(footer) {
      const now = existsSync(file) ? readFileSync(file, "utf8") : "";
      const why = [
        ...(footer.interrupted ? ["the run was interrupted"] : []),
        ...judged.incompleteStatuses(),
        ...(now === text ? [] : ["somebody changed it meanwhile"]),
      ];
      if (why.length > 0) {
        process.stderr.write(`${file} is left as it is: ${why.join("; ")}\n`);
        return footer.exit;
      }
      try {
        const updated = updateKnown({ file, text, judged, allCaseIds: () => allCaseIds(specs) });
        if (updated.text !== text) replaceFileAtomically(file, updated.text);
        process.stdout.write(summary(file, updated));
        return footer.exit;
      } catch (error) {
        process.stderr.write(`${file} is left as it is: ${(error as Error).message}\n`);
        return 4;
      }
    },
  };
}

/** Whoever reads it meanwhile gets the old list or the new one, never half of it. */
function replaceFileAtomically(file: string, text: string): void {
  const own = existsSync(file) ? realpathSync(file) : file;
  const temporaryFile = `${own}.${process.pid}.tmp`;
  writeFileSync(temporaryFile, text, { flag: "wx" });
  try {
    if (existsSync(own)) chmodSync(temporaryFile, statSync(own).mode);
    renameSync(temporaryFile, own);
  } finally {
    rmSync(temporaryFile, { force: true });
  }
}

function summary(file: string, { kept, added, dropped }: UpdateResult): string {
  const lines = [
    `${file}: ${kept.length} kept, ${added.length} added, ${dropped.length} dropped`,
    ...dropped.map((entry) => `  dropped: ${entry.case}: ${entry.reason}`),
    ...(added.length > 0 ? ["each added entry wants a reason; until then `lint` and `run` refuse the list"] : []),
  ];
  return `${lines.join("\n")}\n`;
}
