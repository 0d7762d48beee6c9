/** --update-known: what it refuses, when it leaves the file alone, and that it never leaves half of one. */
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Footer, Status, Verdict } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import { UsageError } from "../errors.ts";
import { prepareKnownUpdate } from "./write.ts";

const specs = { actions: new Map() } as unknown as Specs;
const whole = { depth: "standard" };
let folder: string;
let file: string;
let out = "";
let err = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-known-"));
  file = join(folder, "known.yaml");
  [out, err] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((words) => {
    out += String(words);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((words) => {
    err += String(words);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const text = `known:
  - case: a/b/C/f/P/1@x
    check: code
    location: /code
    expected: [X]
    actual: Y
    reason: ticket 1
`;
const finding = { check: "code", level: "must", location: "/code", expected: ["X"], actual: "Y" };
const verdict = (id: string, status: Status): Verdict =>
  ({
    planIndex: 0,
    id,
    action: "a/b/C",
    family: "f",
    status,
    findings: status === "failed" || status === "known" ? [finding] : [],
  }) as unknown as Verdict;
const footer = (more: Partial<Footer> = {}): Footer => ({ interrupted: false, exit: 1, ...more }) as Footer;

describe("refused beforehand", () => {
  test.each([
    ["--select", { ...whole, select: ["a/**"] }],
    ["--read-only", { ...whole, readOnly: true }],
    ["--depth quick", { depth: "quick" }],
    ["--since", { ...whole, since: "run.ndjson" }],
  ])("together with %s", (option, options) => {
    expect(() => prepareKnownUpdate(file, options, specs)).toThrow(UsageError);
    expect(() => prepareKnownUpdate(file, options, specs)).toThrow(option);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("without a file, and with one in no folder", () => {
    expect(() => prepareKnownUpdate(undefined, whole, specs)).toThrow(/--known FILE/);
    expect(() => prepareKnownUpdate(join(folder, "no", "known.yaml"), whole, specs)).toThrow(/no folder/);
  });

  test("with a list that is wrong, such as one whose reasons are not filled in", () => {
    writeFileSync(file, text.replace("ticket 1", "''"));
    expect(() => prepareKnownUpdate(file, whole, specs)).toThrow(/known\.yaml:7:13: known\.0\.reason/);
  });

  test("not with --depth exhaustive", () =>
    expect(() => prepareKnownUpdate(file, { depth: "exhaustive" }, specs)).not.toThrow());
});

describe("left alone", () => {
  test.each<[string, Partial<Footer>, Status, RegExp]>([
    ["an interrupted run", { interrupted: true, exit: 130 }, "passed", /interrupted/],
    ["an errored case", { exit: 4 }, "errored", /1 errored, such as a\/b\/C\/f\/P\/2@x/],
    ["an indeterminate case", { exit: 3 }, "indeterminate", /1 indeterminate/],
    ["a skipped case that lacks does not name", { exit: 3 }, "skipped", /1 skipped/],
  ])("after %s", (_, ending, status, words) => {
    writeFileSync(file, text);
    const update = prepareKnownUpdate(file, whole, specs);
    update.recordVerdict(verdict("a/b/C/f/P/1@x", "passed"), false);
    update.recordVerdict(verdict("a/b/C/f/P/2@x", status), false);
    expect(update.finish(footer(ending))).toBe(ending.exit);
    expect(err).toMatch(words);
    expect(out).toBe("");
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test("where somebody changed the file meanwhile", () => {
    writeFileSync(file, text);
    const update = prepareKnownUpdate(file, whole, specs);
    update.recordVerdict(verdict("a/b/C/f/P/1@x", "passed"), false);
    writeFileSync(file, `${text}# mine\n`);
    update.finish(footer());
    expect(err).toMatch(/changed/);
    expect(readFileSync(file, "utf8")).toBe(`${text}# mine\n`);
  });

  test("where it cannot be written, which is no success", () => {
    const update = prepareKnownUpdate(file, whole, specs);
    update.recordVerdict(verdict("a/b/C/f/P/2@x", "failed"), false);
    writeFileSync(`${file}.${process.pid}.tmp`, "in the way");
    expect(update.finish(footer())).toBe(4);
    expect(err).toMatch(/known\.yaml is left as it is: /);
    expect(readdirSync(folder)).toEqual([`known.yaml.${process.pid}.tmp`]);
  });
});

describe("written", () => {
  test("a file that is not there yet is made, and nothing else", () => {
    const update = prepareKnownUpdate(file, whole, specs);
    update.recordVerdict(verdict("a/b/C/f/P/1@x", "failed"), false);
    update.recordVerdict(verdict("a/b/C/f/P/2@x", "passed"), false);
    update.recordVerdict(verdict("a/b/C/f/P/3@x", "skipped"), true);
    expect(update.finish(footer())).toBe(1);
    expect(readdirSync(folder)).toEqual(["known.yaml"]);
    expect(readFileSync(file, "utf8")).toContain("case: a/b/C/f/P/1@x\n");
    expect(out).toMatch(/: 0 kept, 1 added, 0 dropped\n.*reason/);
  });

  test("what is dropped is told with its reason; a link stays a link, and who may read it", () => {
    const real = join(folder, "real.yaml");
    writeFileSync(real, text);
    chmodSync(real, 0o640);
    symlinkSync(real, file);
    const { ino } = statSync(real);
    const update = prepareKnownUpdate(file, whole, specs);
    update.recordVerdict(verdict("a/b/C/f/P/1@x", "passed"), false);
    update.finish(footer());
    expect(out).toContain("dropped: a/b/C/f/P/1@x: ticket 1\n");
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(statSync(real).mode & 0o777).toBe(0o640);
    // Another file took its place: nobody can have read half of one.
    expect(statSync(real).ino).not.toBe(ino);
    expect(readFileSync(real, "utf8")).toBe("known: []\n");
  });

  test("a list that still holds is not written at all", () => {
    writeFileSync(file, text);
    const before = statSync(file).ino;
    const update = prepareKnownUpdate(file, whole, specs);
    update.recordVerdict(verdict("a/b/C/f/P/1@x", "known"), false);
    update.finish(footer({ exit: 0 }));
    expect(out).toMatch(/: 1 kept, 0 added, 0 dropped\n$/);
    expect(statSync(file).ino).toBe(before);
  });
});
