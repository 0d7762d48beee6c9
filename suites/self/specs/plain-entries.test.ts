/** A list whose entries are the ids themselves: what lint demands of a probe on it, and that its cases pass and detect faults. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { faultsOf } from "../../../runner/emulator/faults/index.ts";
import { loadLintedSpecs } from "../../../runner/lint/index.ts";
import { runCases } from "../detection/run-cases.ts";

const queues = join(import.meta.dirname, "..", "fixtures", "queues");
let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "assay-queues-"));
  cpSync(queues, dir, { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true }));

/** The problems of the specs after a change of one file. */
function problemsWith(file: string, from: string, to: string): string[] {
  const path = join(dir, "aws", "queues", `${file}.yaml`);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replaceAll(from, to));
  return loadLintedSpecs(dir).problems.map(({ message }) => message);
}

test("all cases pass against the emulator", async () => {
  const specs = loadLintedSpecs(queues);
  expect(specs.problems).toEqual([]);
  const { verdicts, leftovers } = await runCases({ specs, select: [], fakeClock: true });
  expect(verdicts.filter(({ status }) => status !== "passed" && status !== "observed")).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(200);
  expect(leftovers).toBe(0);
});

test.each([
  ["aws/queues/DeleteQueue:call/effect/undone", "**/DeleteQueue/valid/**", "effect"],
  ["aws/queues/ListQueues:list/deleted-entry", "**/ListQueues/listing/**", "listed"],
  ["aws/queues/ListQueues:list/filter-ignored/Prefix", "**/ListQueues/listing/**", "list"],
  ["aws/queues/CreateQueue:list/member/QueueUrl", "**/CreateQueue/valid/**", "described"],
  ["aws/queues/CreateQueue:list/member/Created", "**/CreateQueue/valid/**", "described"],
  ["aws/queues/CreateQueue:list/member/Status", "**/CreateQueue/valid/**", "described"],
])("%s is detected", async (fault, glob, check) => {
  const { verdicts } = await runCases({
    specs: loadLintedSpecs(queues),
    faults: [fault],
    select: [glob],
    fakeClock: true,
  });
  expect(verdicts.flatMap(({ findings }) => findings.map((f) => f.check))).toContain(check);
});

test("a finding shows the wrong value", async () => {
  const { verdicts } = await runCases({
    specs: loadLintedSpecs(queues),
    faults: ["aws/queues/CreateQueue:list/member/QueueUrl"],
    select: ["**/CreateQueue/valid/call/minimal@*"],
    fakeClock: true,
  });
  expect(verdicts.flatMap(({ findings }) => findings.map(({ actual }) => actual))).toEqual([
    expect.stringMatching(/^emulator\/.*-of-another$/),
  ]);
});

test("no fault needs a list of more entries than a case creates", () => {
  const ids = faultsOf(loadLintedSpecs(queues).services).named.map(({ id }) => id);
  expect(ids).toContain("aws/queues/ListQueues:list/page-size-plus-one");
  expect(ids).not.toContain("aws/queues/ListQueues:list/default-size");
});

test("lint reports a probe that any entry fits, and members that no entry has", () => {
  expect(problemsWith("service", ", entry: id }", " }")).toEqual(
    ["exists.expectListed", "gone.expectNotListed"].map(
      (probe) =>
        `resources.queue.probes.${probe}: names no member of an entry, so every entry fits; add the one that has the id, such as \`NoteId: id\`, or \`entry: id\` where the entries themselves are the ids`,
    ),
  );
  expect(problemsWith("service", "/QueueNames }", "/QueueNames, QueueName: id }")).toEqual(
    ["exists.expectListed", "gone.expectNotListed"].map(
      (probe) =>
        `resources.queue.probes.${probe}.QueueName: the entries of the list are no objects and have no member "QueueName"; write \`entry\` for the entry itself`,
    ),
  );
  expect(problemsWith("service", "/QueueNames, QueueName: id }", "/Queues, entry: id }")).toEqual(
    ["exists.expectListed", "gone.expectNotListed"].map(
      (probe) =>
        `resources.queue.probes.${probe}.listPointer: \`output\` of ListQueues has nothing at /Queues; correct the pointer or declare the member`,
    ),
  );
});

test("lint reports an `idMember` of entries that are no objects, and one that is missing", () => {
  expect(problemsWith("ListQueues", "  resource: queue\n", "  resource: queue\n  idMember: QueueName\n")).toEqual([
    'returnsList: the entries of the list are no objects and have no member "QueueName"; leave `idMember` out where they are the ids',
  ]);
  const objects = "items: { type: object, properties: { QueueName: { type: string } } }";
  problemsWith("service", "entry: id", "QueueName: id");
  problemsWith("ListQueues", "member: entry", "member: QueueName");
  expect(problemsWith("ListQueues", "items: { type: string }", objects)).toEqual([]);
  expect(problemsWith("ListQueues", "  idMember: QueueName\n", "")).toEqual([
    "returnsList: the entries of the list are objects; name the member that has the id in `idMember`",
  ]);
});
