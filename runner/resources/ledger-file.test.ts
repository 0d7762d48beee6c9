/** A ledger with open entries is archived, never overwritten. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ledger } from "./ledger.ts";
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
  const file = openLedgerFile(path, header("one"));
  file.recordIntent(entry);
  file.close();
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

test("after a line that could not be written no resource is created any more, and deletions go on", () => {
  let isFull = false;
  const write = () => {
    if (isFull) throw new Error("full");
  };
  const recorded = ledger({ write, close: () => undefined });
  const number = recorded.recordIntent(entry);
  isFull = true;
  recorded.recordCreated(number, "g");
  isFull = false;
  expect(() => recorded.recordIntent(entry)).toThrow("full");
  expect(recorded.entries()).toMatchObject([{ number, id: "g" }]);
  recorded.recordDeleted(number);
  expect([recorded.openCount(), String(recorded.failure())]).toEqual([0, "Error: full"]);
  expect(() => recorded.close()).toThrow("full");
});
