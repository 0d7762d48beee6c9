/** The log of an earlier run → what each of its cases came to, one short text a case. */
import { closeSync, openSync } from "node:fs";
import type { Finding, Header } from "../model/index.ts";
import { isStatus } from "../model/status.ts";
import { type ComparableVerdict, stateOf } from "./outcome.ts";

/** A line of a file; `whole` is false where the file ends without a line feed. */
interface Line {
  readonly text: string;
  readonly number: number;
  readonly whole: boolean;
}

/** What is known of the earlier run itself; an older log may lack the rest. */
export type PreviousHeader = Pick<Header, "run" | "target"> & Partial<Omit<Header, "run" | "target">>;

export interface PreviousRun {
  readonly path: string;
  readonly header: PreviousHeader;
  /** By id of the case. */
  readonly states: ReadonlyMap<string, string>;
  /** Where the log is not whole, in words. */
  readonly remarks: readonly string[];
}

const remedy = "give the run.ndjson of an earlier run";

/**
 * Reads line by line; `linesOf` says how a file falls into lines. A log that broke off or is older is read as far as it goes, and its remarks say so.
 * Throws an Error with file, line and remedy where there is no log to read.
 */
export function readPreviousRun(path: string, linesOf: (file: number) => Iterable<Line>): PreviousRun {
  const states = new Map<string, string>();
  const once = new Map<string, string>();
  let header: PreviousHeader | undefined;
  let ending: { interrupted?: unknown } | undefined;
  let unread = 0;
  const remarks: string[] = [];
  for (const { text, number, whole } of linesIn(path, linesOf)) {
    const wrong = (what: string): Error => new Error(`${path}:${number}: ${what}`);
    const line = parsed(text);
    if (header === undefined) {
      header = headerFrom(line, wrong);
      continue;
    }
    if (line === undefined) {
      if (whole) remarks.push(`line ${number} of its log is damaged: it was read up to there`);
      break;
    }
    if (line["type"] === "header") throw wrong(`a second header; a log holds one run, so split it and ${remedy}`);
    if (line["type"] === "footer") ending = line;
    else if (line["type"] === "verdict" && typeof line["id"] === "string" && isHeard(line)) {
      const state = stateOf(line);
      // Few states stand for many cases.
      if (!once.has(state)) once.set(state, state);
      states.set(line["id"], once.get(state) ?? state);
    } else if (line["type"] !== "coverage") unread++;
  }
  if (header === undefined) throw new Error(`${path}:1: the file is empty; ${remedy}`);
  if (header.format !== 2) remarks.push("its log is of an older format: it was read as far as it is understood");
  if (unread > 0) remarks.push(`${unread} lines of its log are not understood, and were passed over`);
  if (ending === undefined) remarks.push(`it broke off: its log ends after ${states.size} verdicts without a footer`);
  else if (ending.interrupted === true) remarks.push("it was interrupted");
  return { path, header, states, remarks };
}

/** Throws an Error with file, line and remedy where the earlier run judged somebody else. */
export function assertSameTarget(earlier: PreviousRun, target: string): void {
  const was = earlier.header.target;
  if (was === target) return;
  const both = `that run judged the target ${JSON.stringify(was)}, this one judges ${JSON.stringify(target)}`;
  throw new Error(`${earlier.path}:1: ${both}; give the log of a run of the same target`);
}

function* linesIn(path: string, linesOf: (file: number) => Iterable<Line>): Generator<Line> {
  let file: number | undefined;
  let next = 1;
  try {
    file = openSync(path, "r");
    for (const line of linesOf(file)) {
      next = line.number + 1;
      yield line;
    }
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const what = code === "ENOENT" ? "no such log" : code === "EISDIR" ? "a folder" : `cannot be read (${code})`;
    throw new Error(`${path}:${next}: ${what}; ${remedy}`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

type Fields = Record<string, unknown>;

/** Undefined where the line is no JSON object. */
function parsed(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function headerFrom(line: Fields | undefined, wrong: (what: string) => Error): PreviousHeader {
  const { type, run, target, format, started, seed, depth, select, assay, specs, readOnly } = line ?? {};
  if (type !== "header" || typeof run !== "string" || typeof target !== "string")
    throw wrong(`not the log of an assay run; ${remedy}`);
  if (typeof format === "number" && format > 2)
    throw wrong(`the log has format ${format}, this assay reads format 2; give a log of this version, or update assay`);
  return {
    run,
    target,
    ...(format === 2 ? { format } : {}),
    ...(typeof started === "string" ? { started } : {}),
    ...(typeof seed === "number" ? { seed } : {}),
    ...(typeof depth === "string" ? { depth } : {}),
    ...(Array.isArray(select) ? { select: select.map(String) } : {}),
    ...(typeof assay === "string" ? { assay } : {}),
    ...(typeof specs === "string" ? { specs } : {}),
    ...(typeof readOnly === "boolean" ? { readOnly } : {}),
  };
}

const isHeard = (line: Fields): line is Fields & ComparableVerdict =>
  isStatus(line["status"]) &&
  typeof line["actual"] === "string" &&
  Array.isArray(line["findings"]) &&
  line["findings"].every(isFinding);

const isFinding = (value: unknown): value is Finding => {
  const { check, location } = (value ?? {}) as Partial<Finding>;
  return typeof check === "string" && typeof location === "string";
};
