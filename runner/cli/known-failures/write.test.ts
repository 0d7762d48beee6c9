/** --update-known: the options it rejects, the runs after which the file stays, and how the file is written. */
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
const completeRun = { depth: "standard" };
let folder: string;
let file: string;
let out = "";
let err = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-known-"));
  file = join(folder, "known.yaml");
  [out, err] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
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

describe("rejected before the run", () => {
  test.each([
    ["--select", { ...completeRun, select: ["a/**"] }],
    ["--read-only", { ...completeRun, readOnly: true }],
    ["--depth quick", { depth: "quick" }],
    ["--since", { ...completeRun, since: "run.ndjson" }],
  ])("together with %s", (option, options) => {
    expect(() => prepareKnownUpdate(file, options, specs)).toThrow(UsageError);
    expect(() => prepareKnownUpdate(file, options, specs)).toThrow(option);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("without a file, and with a file in a folder that does not exist", () => {
    expect(() => prepareKnownUpdate(undefined, completeRun, specs)).toThrow(/--known FILE/);
    expect(() => prepareKnownUpdate(join(folder, "no", "known.yaml"), completeRun, specs)).toThrow(
      /the folder .* does not exist/,
    );
  });

  test("an invalid list, such as one with an empty reason", () => {
    writeFileSync(file, text.replace("ticket 1", "''"));
    expect(() => prepareKnownUpdate(file, completeRun, specs)).toThrow(/known\.yaml:7:13: known\.0\.reason/);
  });

  test("--depth exhaustive is accepted", () =>
    expect(() => prepareKnownUpdate(file, { depth: "exhaustive" }, specs)).not.toThrow());
});

describe("the file stays unchanged", () => {
  test.each<[string, Partial<Footer>, Status, RegExp]>([
    ["an interrupted run", { interrupted: true, exit: 130 }, "passed", /interrupted/],
    ["an errored case", { exit: 4 }, "errored", /1 errored, such as a\/b\/C\/f\/P\/2@x/],
    ["an indeterminate case", { exit: 3 }, "indeterminate", /1 indeterminate/],
    ["a skipped case that `unsupported` does not declare", { exit: 3 }, "skipped", /1 skipped/],
  ])("after %s", (_, ending, status, message) => {
    writeFileSync(file, text);
    const update = prepareKnownUpdate(file, completeRun, specs);
    update.recordVerdict(verdict("a/b/C/f/P/1@x", "passed"), false);
    update.recordVerdict(verdict("a/b/C/f/P/2@x", status), false);
    expect(update.finish(footer(ending))).toBe(ending.exit);
    expect(err).toMatch(message);
    expect(out).toBe("");
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test("if the file was changed during the run", () => {
    writeFileSync(file, text);
    const update = prepareKnownUpdate(file, completeRun, specs);
    update.recordVerdict(verdict("a/b/C/f/P/1@x", "passed"), false);
    writeFileSync(file, `${text}# edited\n`);
    update.finish(footer());
    expect(err).toMatch(/changed/);
    expect(readFileSync(file, "utf8")).toBe(`${text}# edited\n`);
  });

  test("if it cannot be written, with exit code 4", () => {
    const update = prepareKnownUpdate(file, completeRun, specs);
    update.recordVerdict(verdict("a/b/C/f/P/2@x", "failed"), false);
    writeFileSync(`${file}.${process.pid}.tmp`, "existing file");
    expect(update.finish(footer())).toBe(4);
    expect(err).toMatch(/known\.yaml is not updated: /);
    expect(readdirSync(folder)).toEqual([`known.yaml.${process.pid}.tmp`]);
  });
});

describe("written", () => {
  test("a file that does not exist is created, and no other file", () => {
    const update = prepareKnownUpdate(file, completeRun, specs);
    update.recordVerdict(verdict("a/b/C/f/P/1@x", "failed"), false);
    update.recordVerdict(verdict("a/b/C/f/P/2@x", "passed"), false);
    update.recordVerdict(verdict("a/b/C/f/P/3@x", "skipped"), true);
    expect(update.finish(footer())).toBe(1);
    expect(readdirSync(folder)).toEqual(["known.yaml"]);
    expect(readFileSync(file, "utf8")).toContain("case: a/b/C/f/P/1@x\n");
    expect(out).toMatch(/: 0 kept, 1 added, 0 dropped\n.*reason/);
  });

  test("a dropped entry is printed with its reason; a symbolic link and the file mode stay", () => {
    const linkTarget = join(folder, "real.yaml");
    writeFileSync(linkTarget, text);
    chmodSync(linkTarget, 0o640);
    symlinkSync(linkTarget, file);
    const { ino } = statSync(linkTarget);
    const update = prepareKnownUpdate(file, completeRun, specs);
    update.recordVerdict(verdict("a/b/C/f/P/1@x", "passed"), false);
    update.finish(footer());
    expect(out).toContain("dropped: a/b/C/f/P/1@x: ticket 1\n");
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(statSync(linkTarget).mode & 0o777).toBe(0o640);
    // Another inode: the file was replaced, so a reader never sees a partly written list.
    expect(statSync(linkTarget).ino).not.toBe(ino);
    expect(readFileSync(linkTarget, "utf8")).toBe("known: []\n");
  });

  test("a list that needs no change is not written", () => {
    writeFileSync(file, text);
    const before = statSync(file).ino;
    const update = prepareKnownUpdate(file, completeRun, specs);
    update.recordVerdict(verdict("a/b/C/f/P/1@x", "known"), false);
    update.finish(footer({ exit: 0 }));
    expect(out).toMatch(/: 1 kept, 0 added, 0 dropped\n$/);
    expect(statSync(file).ino).toBe(before);
  });
});
