/** Two runs and what was not compared -> what a reader has to know about their comparison. */
import type { Recording } from "../model/index.ts";

export interface NotCompared {
  /** Fuzz cases whose generated deviations may differ between the runs; `failed`: those that failed in B. */
  readonly fuzzCases: { notCompared: number; failed: number };
  /** Cases whose responses are in only one of the two logs. */
  responsesInOneLog: number;
  /** Cases whose responses are in neither log. */
  responsesInNeitherLog: number;
  /** Responses whose bodies are truncated in a log or have too many values. */
  bodies: number;
}

const casesText = (count: number): string => `${count} case${count === 1 ? "" : "s"}`;

export function comparisonCaveats(
  a: Recording,
  b: Recording,
  {
    fuzzCases,
    responsesInOneLog,
    responsesInNeitherLog,
    bodies,
    compared,
    samePlan,
  }: NotCompared & { readonly compared: number; readonly samePlan: boolean },
): string[] {
  const caveats: string[] = [];
  for (const [name, { footer }] of [
    ["A", a],
    ["B", b],
  ] as const) {
    if (footer === null) caveats.push(`${name} broke off: its log has no footer`);
    else if (footer.interrupted) caveats.push(`${name} was interrupted`);
  }
  if (a.header.assay !== b.header.assay)
    caveats.push(`A was judged by assay ${a.header.assay}, B by assay ${b.header.assay}: a change may be due to assay`);
  if (a.header.specs !== b.header.specs)
    caveats.push(
      a.header.specs === undefined || b.header.specs === undefined
        ? "one log does not identify the specs of its run: a change may be due to the specs"
        : "the specs of the two runs differ: a change may be due to the specs",
    );
  if (a.header.seed !== b.header.seed)
    caveats.push(
      `the seeds are ${a.header.seed} and ${b.header.seed}: responses to undocumented values are not compared`,
    );
  if (fuzzCases.notCompared > 0) {
    const subject =
      fuzzCases.notCompared === 1
        ? "1 fuzz case differs between the runs and is"
        : `${fuzzCases.notCompared} fuzz cases differ between the runs and are`;
    caveats.push(`${subject} not compared; failed in B: ${fuzzCases.failed}`);
  }
  if (!samePlan)
    caveats.push("the selection or depth of the two runs differs: cases that are not in B are counted, not listed");
  if (compared === 0) caveats.push("no case has a verdict in both runs: nothing is compared");
  if (responsesInOneLog > 0)
    caveats.push(
      `the responses of ${casesText(responsesInOneLog)} are in only one of the two logs and are not compared`,
    );
  if (responsesInNeitherLog > 0)
    caveats.push(
      `the responses of ${casesText(responsesInNeitherLog)} are in neither log and are not compared: run with --record all`,
    );
  if (bodies > 0) {
    const subject = bodies === 1 ? "the body of 1 response is" : `the bodies of ${bodies} responses are`;
    caveats.push(`${subject} too long to be compared: only status and content type are`);
  }
  return caveats;
}
