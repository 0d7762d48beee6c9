/** The log of a shard → what merging has to know before it copies the verdicts. Memory does not grow with their number. */
import { readLogLines } from "../log/read-lines.ts";
import type { Counts, Footer, Header } from "../model/index.ts";
import { zeroCounts } from "../model/status.ts";

export type ShardHeader = Header & Required<Pick<Header, "plan" | "shard">>;

export interface ShardLog {
  readonly path: string;
  readonly header: ShardHeader;
  /** Null where the run broke off. */
  readonly footer: Footer | null;
  /** Of the verdicts in the log. */
  readonly counts: Counts;
  /** Findings of passed verdicts, all of level `should`. */
  readonly warnings: number;
  /** Verdicts that the target file declares under `unsupported`. */
  readonly declaredByTarget: number;
}

/** @throws an Error with file, line and remedy where there is no log of a shard to read. */
export function readShardLog(path: string): ShardLog {
  const counts = zeroCounts();
  let header: Header | undefined;
  let footer: Footer | null = null;
  let warnings = 0;
  let declaredByTarget = 0;
  for (const { line } of readLogLines(path)) {
    if (line.type === "header") {
      header = line;
      if (!isShardHeader(header)) break;
    } else if (line.type === "footer") footer = line;
    else if (line.type === "verdict") {
      counts[line.status]++;
      if (line.status === "passed") warnings += line.findings.length;
      if (line.declaredByTarget) declaredByTarget++;
    }
  }
  if (header === undefined || !isShardHeader(header)) {
    const what = header?.shards ? "the log is merged already" : "the log is not that of a shard";
    throw new Error(`${path}:1: ${what}; give the logs that \`assay run --shard i/n\` wrote`);
  }
  return { path, header, footer, counts, warnings, declaredByTarget };
}

const isShardHeader = (header: Header): header is ShardHeader =>
  header.shard !== undefined && header.plan !== undefined;
