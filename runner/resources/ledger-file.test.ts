/** A ledger with open entries is archived, never overwritten. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLedgerFile, readLedgers, resumeLedger } from "./ledger-file.ts";

const entry = {
  service: "a/b",
  resource: "group",
  action: "CreateGroup",
  containers: {},
  input: { GroupId: "g", Image: "x".repeat(5000) },
};
const header = (run: string) => ({ run, target: "t", started: "now" });

function ledgerPath(): string {
  return join(mkdtempSync(join(tmpdir(), "assay-")), "resources.ndjson");
}

test("a ledger with an open entry is kept under the id of its run", () => {
  const path = ledgerPath();
  const first = openLedgerFile(path, header("one"));
  first.recordCreated(first.recordIntent(entry), "g");
  first.close();
  openLedgerFile(path, header("two")).close();
  const archivePath = path.replace(".ndjson", ".one.ndjson");
  expect(readFileSync(archivePath, "utf8")).toContain('"op":"created"');
  expect(readFileSync(path, "utf8")).toContain('"run":"two"');
});

test("a ledger whose entries are deleted or not created is not kept", () => {
  const path = ledgerPath();
  const first = openLedgerFile(path, header("one"));
  first.recordDeleted(first.recordIntent(entry));
  first.recordNotCreated(first.recordIntent(entry));
  expect(first.openCount()).toBe(0);
  first.close();
  openLedgerFile(path, header("two")).close();
  expect(readdirSync(join(path, ".."))).toEqual(["resources.ndjson"]);
  expect(existsSync(path)).toBe(true);
});

test("a long text such as an image is not written to the file", () => {
  const path = ledgerPath();
  const ledger = openLedgerFile(path, header("one"));
  ledger.recordIntent(entry);
  ledger.close();
  const text = readFileSync(path, "utf8");
  expect(text).toContain('"GroupId":"g"');
  expect(text).toContain("[5000 characters]");
  expect(text).not.toContain("xxx");
});

test.each([
  ["complete", 0],
  ["cut off within a line", 9],
])("a ledger that is %s is resumed on a new line, without an empty line", (_, cut) => {
  const path = ledgerPath();
  const first = openLedgerFile(path, header("one"));
  first.recordCreated(first.recordIntent(entry), "g");
  first.recordCreated(first.recordIntent(entry), "h");
  if (cut > 0) truncateSync(path, readFileSync(path).length - cut);
  const [readLedger] = readLedgers(join(path, ".."));
  if (readLedger === undefined) throw new Error("no ledger");
  const resumed = resumeLedger(readLedger);
  const [openNumber = -1] = readLedger.openEntries.keys();
  resumed.recordDeleted(openNumber);
  const lines = readFileSync(path, "utf8").split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.filter((line) => line === "")).toEqual([]);
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ op: "deleted" });
  first.close();
});
