/** A ledger as an NDJSON file: written line by line, archived while it has open entries, read again by a sweep. */
import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { toWriteError } from "../log/write-error.ts";
import { applyLine, type Ledger, type LedgerLine, ledger, type OpenEntry } from "./ledger.ts";
import { lifeOf, type RunProcess } from "./run-process.ts";

/** With the process that writes the ledger. */
export interface LedgerHeader extends RunProcess {
  readonly run: string;
  readonly target: string;
  readonly started: string;
  /** The command line options that connect to the target again; missing if the target was part of the run's process. */
  readonly targetOptions?: { readonly target?: string; readonly endpoint?: string; readonly specs?: string };
  /** By service. */
  readonly services?: Readonly<Record<string, ServiceIdentity>>;
}

/** The endpoint and account of a service: a sweep deletes only where they are the same. */
export interface ServiceIdentity {
  readonly endpoint: string;
  readonly host: string;
  readonly region?: string;
  readonly app?: string;
  readonly account?: string;
  /** A digest of the key's id; temporary keys have a new one each time. */
  readonly key: string;
}

export interface ReadLedger {
  readonly path: string;
  /** Null if the file has no readable header. */
  readonly header: LedgerHeader | null;
  readonly openEntries: Map<number, OpenEntry>;
  readonly nextNumber: number;
  /** True if the run that wrote it ended regularly. */
  readonly ended: boolean;
  /** Numbers of the lines that cannot be read; an incomplete last line is not one of them. */
  readonly unreadableLines: readonly number[];
}

type Line = LedgerLine | ({ readonly op: "header"; readonly format: number } & LedgerHeader) | { readonly op: "end" };

const FORMAT = 3;

/** @throws a WriteError, or a LedgerLockedError if a running run writes the file. */
export function openLedgerFile(
  path: string,
  header: LedgerHeader,
  serialize: (line: object) => string = JSON.stringify,
): Ledger {
  archiveUnfinished(path);
  const file = openForLines(path, "ax");
  const write = (line: Line) => file.writeLine(serialize(line));
  write({ op: "header", format: FORMAT, ...header });
  return ledger({
    write,
    close: () => {
      try {
        write({ op: "end" });
      } finally {
        file.close();
      }
    },
  });
}

/** For short commands: the file is created with the first entry and removed on close if no entry is open. */
export function openTemporaryLedger(
  path: string,
  header: LedgerHeader,
  serialize: (line: object) => string = JSON.stringify,
): Ledger {
  let file: LineFile | undefined;
  const temporary = ledger({
    write: (line) => {
      if (file === undefined) {
        mkdirSync(dirname(path), { recursive: true });
        file = openForLines(path, "ax");
        file.writeLine(serialize({ op: "header", format: FORMAT, ...header }));
      }
      file.writeLine(serialize(line));
    },
    close: () => {
      if (file === undefined) return;
      file.close();
      if (temporary.openCount() === 0) unlinkSync(path);
    },
  });
  return temporary;
}

/** Appends to the ledger of an earlier run. */
export function resumeLedger(
  { path, openEntries, nextNumber }: ReadLedger,
  serialize: (line: object) => string = JSON.stringify,
): Ledger {
  const file = openForLines(path, "a");
  if (!endsWithLineFeed(path)) file.writeLine("");
  const write = (line: Line) => file.writeLine(serialize(line));
  return ledger({ write, close: file.close, openEntries, nextNumber });
}

/** False if the run was killed while it wrote a line. */
function endsWithLineFeed(path: string): boolean {
  const bytes = readFileSync(path);
  return bytes.length === 0 || bytes.at(-1) === 0x0a;
}

interface LineFile {
  /** Hands the line to the operating system at once, so that a killed process loses none. @throws a WriteError. */
  writeLine(line: string): void;
  close(): void;
}

function openForLines(path: string, flags: "a" | "ax"): LineFile {
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw toWriteError(path, error);
    }
  };
  const file = attempt(() => openSync(path, flags));
  let size = fstatSync(file).size;
  /** A part of a line would make the next line unreadable. */
  const removePartialLine = () => {
    try {
      ftruncateSync(file, size);
    } catch {
      // The error of writing is the one to report.
    }
  };
  return {
    writeLine: (line) =>
      attempt(() => {
        const bytes = Buffer.from(`${line}\n`);
        try {
          // In a loop, because writeSync may write only a part of the line.
          for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
          size += bytes.length;
        } catch (error) {
          removePartialLine();
          throw error;
        }
      }),
    close: () => closeSync(file),
  };
}

/** Removes a finished ledger. One with open entries, or without an end, is renamed with the id of its run. */
function archiveUnfinished(path: string): void {
  if (!existsSync(path)) return;
  const ledger = readLedger(path);
  const { header, openEntries, unreadableLines, ended } = ledger;
  if (writerState(ledger) === "running") throw new LedgerLockedError(path, header);
  const hasEntryToDelete = [...openEntries.values()].some(({ keptReason }) => keptReason === undefined);
  if (!hasEntryToDelete && unreadableLines.length === 0 && ended) {
    unlinkSync(path);
    return;
  }
  for (let n = 1; ; n++) {
    const archivePath = path.replace(/(\.ndjson)?$/, `.${header?.run || "earlier"}${n > 1 ? `-${n}` : ""}$1`);
    if (existsSync(archivePath)) continue;
    renameSync(path, archivePath);
    return;
  }
}

/** The run that writes the ledger is still running: its ledger and its resources must not be touched. */
export class LedgerLockedError extends Error {
  override name = "LedgerLockedError";
  constructor(path: string, header: LedgerHeader | null) {
    super(`${path}: the run ${header?.run} is still running (process ${header?.pid})`);
  }
}

/** `unknown`: no `end` is recorded, and the process was on another machine or in another container. */
export const writerState = ({ header, ended }: ReadLedger): "running" | "ended" | "unknown" =>
  ended || header === null ? "ended" : lifeOf(header);

/** @throws if a running run writes this ledger. */
export function assertNotLocked(path: string): void {
  const ledger = existsSync(path) ? readLedger(path) : undefined;
  if (ledger && writerState(ledger) === "running") throw new LedgerLockedError(path, ledger.header);
}

/** The ledgers of a folder: that of the last run and the archived ones. */
export function readLedgers(folder: string): ReadLedger[] {
  return readdirSync(folder)
    .filter((name) => /^resources(\.[^.]+)?\.ndjson$/.test(name))
    .sort()
    .map((name) => readLedger(join(folder, name)));
}

/** Removes an archived ledger after its sweep; the ledger of the last run stays. */
export function removeArchived({ path }: ReadLedger): void {
  if (path !== join(dirname(path), "resources.ndjson")) unlinkSync(path);
}

function readLedger(path: string): ReadLedger {
  const openEntries = new Map<number, OpenEntry>();
  const unreadableLines: number[] = [];
  let header: LedgerHeader | null = null;
  let nextNumber = 0;
  let ended = false;
  const lines = readFileSync(path, "utf8").split("\n");
  for (const [i, text] of lines.entries()) {
    if (text === "") continue;
    const line = parseLine(text);
    if (!line) {
      if (i < lines.length - 1) unreadableLines.push(i + 1);
    } else if (line.op === "header") header = line;
    else if (line.op === "end") ended = true;
    else {
      if (line.op === "intend") nextNumber = Math.max(nextNumber, line.number + 1);
      applyLine(openEntries, line);
    }
  }
  return { path, header, openEntries, nextNumber, ended, unreadableLines };
}

const OPS = ["header", "end", "intend", "created", "not-created", "deleted", "kept"];

/** Undefined if the text is not a line of a ledger in this format. */
function parseLine(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Line | null;
    if (typeof line !== "object" || line === null || !OPS.includes(line.op)) return undefined;
    if (line.op === "header") return line.format === FORMAT ? line : undefined;
    return line.op === "end" || Number.isInteger(line.number) ? line : undefined;
  } catch {
    return undefined;
  }
}
