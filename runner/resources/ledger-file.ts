/** A ledger on disk: written line by line, put aside while it names something, read again by a sweep. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { applyLine, type Ledger, type LedgerLine, ledger, type OpenEntry } from "./ledger.ts";

export interface LedgerHeader {
  readonly run: string;
  readonly target: string;
  readonly started: string;
  /** How the target is reached again; nothing where it was of the run's own process. */
  readonly targetOptions?: { readonly target?: string; readonly endpoint?: string; readonly specs?: string };
  /** By service: where it was asked, and as whom. */
  readonly services?: Readonly<Record<string, ServiceIdentity>>;
  /** The process that writes it, and the machine that it is on. */
  readonly pid?: number;
  readonly machine?: string;
}

/** What has to be the same where something is to be deleted. */
export interface ServiceIdentity {
  readonly endpoint: string;
  readonly host: string;
  readonly region?: string;
  readonly app?: string;
  readonly account?: string;
  /** A digest of the id of the key; temporary ones have another each time. */
  readonly key: string;
}

export interface ReadLedger {
  readonly path: string;
  /** Null where not even that was written. */
  readonly header: LedgerHeader | null;
  readonly openEntries: Map<number, OpenEntry>;
  readonly nextNumber: number;
  /** True where the run that wrote it came to its end. */
  readonly ended: boolean;
  /** Numbers of lines that cannot be read, but for a half one at the end. */
  readonly unreadableLines: readonly number[];
}

type Line = LedgerLine | ({ readonly op: "head"; readonly format: number } & LedgerHeader) | { readonly op: "end" };

const format = 2;

/** @throws where the file cannot be written, or a run that is at work writes it. */
export function openLedgerFile(
  path: string,
  head: LedgerHeader,
  text: (line: object) => string = JSON.stringify,
): Ledger {
  archiveUnfinished(path);
  const file = openSync(path, "wx");
  // After each line it is with the operating system: a killed process loses nothing of it.
  const write = (line: Line) => put(file, text(line));
  write({ op: "head", format, ...head });
  return ledger({
    write,
    close: () => {
      write({ op: "end" });
      closeSync(file);
    },
  });
}

/** For work that is soon done: there is a file only while something may be left on the target. */
export function openTemporaryLedger(
  path: string,
  head: LedgerHeader,
  text: (line: object) => string = JSON.stringify,
): Ledger {
  let file: number | undefined;
  const own = ledger({
    write: (line) => {
      if (file === undefined) {
        mkdirSync(dirname(path), { recursive: true });
        file = openSync(path, "wx");
        put(file, text({ op: "head", format, ...head }));
      }
      put(file, text(line));
    },
    close: () => {
      if (file === undefined) return;
      closeSync(file);
      if (own.openCount() === 0) unlinkSync(path);
    },
  });
  return own;
}

/** Goes on with a ledger that another run has left. */
export function resumeLedger(
  { path, openEntries, nextNumber }: ReadLedger,
  text: (line: object) => string = JSON.stringify,
): Ledger {
  const file = openSync(path, "a");
  if (!endsWithLine(path)) put(file, "");
  const write = (line: Line) => put(file, text(line));
  return ledger({ write, close: () => closeSync(file), openEntries, nextNumber });
}

/** A run may have been killed in the middle of a line. */
function endsWithLine(path: string): boolean {
  const text = readFileSync(path);
  return text.length === 0 || text.at(-1) === 0x0a;
}

/** A full disk may take a part of a line. */
function put(file: number, line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** A ledger that names something, or was never ended, is not written over: it is put aside under its run's id. */
function archiveUnfinished(path: string): void {
  if (!existsSync(path)) return;
  const ledger = readLedger(path);
  const { header, openEntries, unreadableLines, ended } = ledger;
  if (isRunAlive(ledger)) throw new LedgerLockedError(path, header);
  const named = [...openEntries.values()].some(({ keptReason }) => keptReason === undefined);
  if (!named && unreadableLines.length === 0 && ended) {
    unlinkSync(path);
    return;
  }
  for (let n = 1; ; n++) {
    const aside = path.replace(/(\.ndjson)?$/, `.${header?.run || "earlier"}${n > 1 ? `-${n}` : ""}$1`);
    if (existsSync(aside)) continue;
    renameSync(path, aside);
    return;
  }
}

/** A run that is at work needs its ledger, and what it has made. */
export class LedgerLockedError extends Error {
  override name = "LedgerHeld";
  constructor(path: string, head: LedgerHeader | null) {
    super(`${path}: the run ${head?.run} is still at work (process ${head?.pid})`);
  }
}

/** True where the process that writes it lives on this machine; of another machine nothing can be told. */
export function isRunAlive({ header, ended }: ReadLedger): boolean {
  if (ended || header?.pid === undefined || header.pid === process.pid || header.machine !== hostname()) return false;
  try {
    process.kill(header.pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process cannot be asked, and is one all the same.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Throws where a run that is at work writes there. */
export function assertNotLocked(path: string): void {
  const ledger = existsSync(path) ? readLedger(path) : undefined;
  if (ledger && isRunAlive(ledger)) throw new LedgerLockedError(path, ledger.header);
}

/** Those of a folder: the last run's, and the ones that were put aside. */
export function readLedgers(folder: string): ReadLedger[] {
  return readdirSync(folder)
    .filter((name) => /^resources(\.[^.]+)?\.ndjson$/.test(name))
    .sort()
    .map((name) => readLedger(join(folder, name)));
}

/** What a ledger put aside was kept for is done. */
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
    const line = parsed(text);
    if (!line) {
      if (i < lines.length - 1) unreadableLines.push(i + 1);
    } else if (line.op === "head") header = line;
    else if (line.op === "end") ended = true;
    else {
      if (line.op === "intend") nextNumber = Math.max(nextNumber, line.number + 1);
      applyLine(openEntries, line);
    }
  }
  return { path, header, openEntries, nextNumber, ended, unreadableLines };
}

const ops = ["head", "end", "intend", "made", "void", "gone", "kept"];

function parsed(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Line | null;
    if (typeof line !== "object" || line === null || !ops.includes(line.op)) return undefined;
    if (line.op === "head") return line.format === format ? line : undefined;
    return line.op === "end" || Number.isInteger(line.number) ? line : undefined;
  } catch {
    return undefined;
  }
}
