/** A ledger that still names something is put aside, never written over. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLedgerFile, readLedgers, resumeLedger } from "./ledger-file.ts";

const entry = {
  service: "a/b",
  resource: "group",
  action: "CreateGroup",
  in: {},
  input: { GroupId: "g", Image: "x".repeat(5000) },
};
const head = (run: string) => ({ run, target: "t", started: "now" });

function folder(): string {
  return join(mkdtempSync(join(tmpdir(), "assay-")), "resources.ndjson");
}

test("what is open stays, under the name of its run", () => {
  const path = folder();
  const first = openLedgerFile(path, head("one"));
  first.recordCreated(first.recordIntent(entry), "g");
  first.close();
  openLedgerFile(path, head("two")).close();
  const aside = path.replace(".ndjson", ".one.ndjson");
  expect(readFileSync(aside, "utf8")).toContain('"op":"made"');
  expect(readFileSync(path, "utf8")).toContain('"run":"two"');
});

test("what is gone or never came to be is not kept", () => {
  const path = folder();
  const first = openLedgerFile(path, head("one"));
  first.recordDeleted(first.recordIntent(entry));
  first.recordNotCreated(first.recordIntent(entry));
  expect(first.openCount()).toBe(0);
  first.close();
  openLedgerFile(path, head("two")).close();
  expect(readdirSync(join(path, ".."))).toEqual(["resources.ndjson"]);
  expect(existsSync(path)).toBe(true);
});

test("an image does not get into the file", () => {
  const path = folder();
  const ledger = openLedgerFile(path, head("one"));
  ledger.recordIntent(entry);
  ledger.close();
  const text = readFileSync(path, "utf8");
  expect(text).toContain('"GroupId":"g"');
  expect(text).toContain("[5000 characters]");
  expect(text).not.toContain("xxx");
});

test.each([
  ["whole", 0],
  ["broken off within a line", 9],
])("one that is %s goes on with a line of its own, and has no empty one", (_, cut) => {
  const path = folder();
  const first = openLedgerFile(path, head("one"));
  first.recordCreated(first.recordIntent(entry), "g");
  first.recordCreated(first.recordIntent(entry), "h");
  if (cut > 0) truncateSync(path, readFileSync(path).length - cut);
  const [read] = readLedgers(join(path, ".."));
  if (read === undefined) throw new Error("no ledger");
  const again = resumeLedger(read);
  const [open = -1] = read.openEntries.keys();
  again.recordDeleted(open);
  const lines = readFileSync(path, "utf8").split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.filter((line) => line === "")).toEqual([]);
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ op: "gone" });
  first.close();
});
