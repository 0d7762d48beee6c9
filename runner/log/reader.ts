/** The NDJSON log of a run → Recording. Memory holds only a few numbers per verdict; the verdicts stay in the file. */
import type { Coverage, Footer, Header, Recording, Verdict } from "../model/index.ts";
import { createLogIndex } from "./indexed-recording.ts";
import { readLogLines } from "./read-lines.ts";

/**
 * Reads a log (NDJSON in UTF-8; log.schema.json describes its lines). Verdicts, in plan order, and coverage stay in the file
 * and are read again on each iteration. An incomplete last line of a killed run is skipped; without a footer `footer` is null.
 * @throws an Error with file, line and remedy if the file is not such a log.
 */
export function readRecording(path: string): Recording {
  const index = createLogIndex(path);
  for (const { line, offset, length } of readLogLines(path)) index.add(line, offset, length);
  return index.recording();
}

/** A recording of verdicts in memory; they may be in any order. */
export function recordingInMemory(
  header: Header,
  verdicts: readonly Verdict[],
  footer: Footer | null,
  coverage: readonly Coverage[] = [],
): Recording {
  const sorted = [...verdicts].sort((a, b) => a.planIndex - b.planIndex);
  return {
    header,
    footer,
    actions: [...new Set(sorted.map((verdict) => verdict.action))],
    verdicts: (action) => (action === undefined ? sorted : sorted.filter((verdict) => verdict.action === action)),
    coverage: () => coverage,
  };
}
