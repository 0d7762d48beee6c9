/** `assay faults` on a copy of the example: selected faults, and cases that fail without a fault. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { command } from "./run-in-process.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "assay-faults-"));
  cpSync(join(builtInSpecs(), "example", "acme"), join(dir, "acme"), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true }));

const faults = (...args: string[]) => command(["faults", "--specs", dir, ...args]);

test("globs select faults by id, and those of an action where no id matches", async () => {
  const { code, lines } = await faults(
    "--select",
    "acme/notes/ListNotes:list/offset-ignored",
    "**/GetNote:NoteId/*/lax",
  );
  expect(lines.map((line) => line.replace(/[^/]*@tc3-post$/, ""))).toEqual([
    "detected   acme/notes/ListNotes:list/offset-ignored: by acme/notes/ListNotes/listing/Limit/",
    "detected   acme/notes/GetNote:NoteId/absent/lax: by acme/notes/GetNote/missing-member/NoteId/",
    "detected   acme/notes/GetNote:NoteId/empty/lax: by acme/notes/GetNote/missing-member/NoteId/",
    "detected   acme/notes/GetNote:NoteId/is-null/lax: by acme/notes/GetNote/missing-member/NoteId/",
    "detected   acme/notes/GetNote:NoteId/type/lax: by acme/notes/GetNote/wrong-type/NoteId/",
    "",
    "5 of 5 faults detected by the expected family",
    "",
  ]);
  expect(code).toBe(0);
  const listed = await command(["list", "faults", "--specs", dir, "--select", "**/GetNote:NoteId/*/lax"]);
  expect(listed.lines.filter(Boolean)).toHaveLength(4);
});

test("a glob that selects no fault is an error", async () => {
  const { code, err } = await faults("--select", "acme/notes/GetNote:NoteId/absent/lazy");
  expect(code).toBe(2);
  expect(err).toContain("--select acme/notes/GetNote:NoteId/absent/lazy: matches no fault; `assay list faults`");
});

test("cases that fail without a fault detect none: they are named, and no fault is tested", async () => {
  const file = join(dir, "acme", "notes", "GetNote.yaml");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      "NoteId: { type: string }\n    Title",
      "NoteId: { type: string, minLength: 90 }\n    Title",
    ),
  );
  const { code, err, out } = await faults("--select", "acme/notes/GetNote:output/Title/omitted");
  expect(out).toBe("");
  expect(err.split("\n")).toEqual([
    "1 case fails without a fault, so it can detect none, and no fault was tested:",
    "  acme/notes/GetNote/valid/call/minimal@tc3-post",
    `\`assay run --specs ${dir}\` shows why; correct the spec, or leave the action out with --select`,
    "",
  ]);
  expect(code).toBe(3);
  const json = await faults("--select", "acme/notes/GetNote:output/Title/omitted", "--format", "json");
  expect(JSON.parse(json.out)).toMatchObject({
    faults: [],
    detected: 0,
    failedWithoutFault: ["acme/notes/GetNote/valid/call/minimal@tc3-post"],
  });
});
