/** A run compared with an earlier run of the emulator (`--since`): exactly the changed cases are listed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { trackChanges } from "../../../runner/compare/changes-since.ts";
import { readPreviousRun } from "../../../runner/compare/previous-run.ts";
import { fileLog } from "../../../runner/log/writer.ts";
import type { ChangesSince, Counts, Header, Verdict } from "../../../runner/model/index.ts";
import { STATUSES } from "../../../runner/model/status.ts";
import { exitCode } from "../../../runner/run/exit-code.ts";
import { specsOf } from "../../vitest.ts";
import { runCases } from "../detection/run-cases.ts";
import { globsWithFewCharsets } from "../detection/selections.ts";

const specs = specsOf();
const select = ["tencent/iai/*", "aws/rekognition/*"].flatMap(globsWithFewCharsets);
const folder = mkdtempSync(join(tmpdir(), "assay-since-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface RecordedRun {
  readonly header: Header;
  readonly verdicts: readonly Verdict[];
  readonly log: string;
}

let runs = 0;

async function recordRun(seed: number, faults: readonly string[] = []): Promise<RecordedRun> {
  const run = `run${++runs}`;
  const header: Header = {
    type: "header",
    format: 2,
    assay: "1.0.0",
    run,
    target: "emulator",
    seed,
    depth: "standard",
    select,
    started: "2026-01-01T00:00:00Z",
    rerun: "",
  };
  const { verdicts } = await runCases({ select, seed, faults, specs, fakeClock: true });
  const path = join(folder, `${run}.ndjson`);
  const log = fileLog(path);
  for (const line of [header, ...verdicts]) log.write(line);
  log.close();
  return { header, verdicts, log: path };
}

function changesBetween(previous: RecordedRun, current: RecordedRun): ChangesSince {
  const changeList = trackChanges(readPreviousRun(previous.log), current.header);
  for (const verdict of current.verdicts) changeList.record(verdict, false);
  return changeList.since();
}

function exitCodeOf({ verdicts }: RecordedRun, since: ChangesSince): number {
  const counts = Object.fromEntries(
    STATUSES.map((status) => [status, verdicts.filter((v) => v.status === status).length]),
  ) as Counts;
  const otherTotals = {
    interrupted: false,
    staleKnownFailures: 0,
    declaredByTarget: 0,
    strictWarnings: 0,
    actionsWithoutPass: 0,
    leftovers: 0,
  };
  return exitCode({ planned: verdicts.length, counts, ...otherTotals, since });
}

const healthy = await recordRun(1);
const faulty = await recordRun(1, ["group-id-one-byte-more"]);

describe("the healthy emulator", () => {
  test.each([1, 2, 3])("compared with its run of seed 1, seed %i: no change, exit 0", async (seed) => {
    const second = await recordRun(seed);
    const since = changesBetween(healthy, second);
    expect(since.changes).toEqual([]);
    expect([since.total, since.noVerdict, since.newlyUndecided]).toEqual([0, 0, 0]);
    const fuzzCases = second.verdicts.filter((v) => v.family === "fuzz").length;
    expect(since.compared).toBe(second.verdicts.length - (seed === 1 ? 0 : fuzzCases));
    expect(since.compared).toBeGreaterThan(2000);
    expect(exitCodeOf(second, since)).toBe(0);
  });
});

describe("an emulator with a fault", () => {
  const action = "tencent/iai/CreateGroup";
  const longIds = [
    ...["tc3-get", "tc3-post", "v1-get-sha1", "v1-get-sha256", "v1-post-sha1", "v1-post-sha256"].map(
      (binding) => `${action}/boundary/GroupId/65-bytes-ascii@${binding}`,
    ),
    `${action}/boundary/GroupId/65-bytes-latin@tc3-post`,
  ];
  // Two breaches, refused for either one: the code changed, which no document forbids, but which is a change of the target.
  const otherCodeId = `${action}/precedence/GroupId.and.GroupExDescriptions.items/65-bytes-ascii.and.0-chars@tc3-post`;
  const changeList = (since: ChangesSince) => since.changes.map(({ kind, id }) => `${kind} ${id}`).sort();

  test("compared with the healthy one: exactly the cases that the fault affects are listed, exit 1", () => {
    const since = changesBetween(healthy, faulty);
    expect(changeList(since)).toEqual([...longIds.map((id) => `worse ${id}`), `other ${otherCodeId}`].sort());
    expect(since.changes[0]?.before).toBe("passed: InvalidParameterValue.GroupIdTooLong");
    expect(since.changes[0]?.after).toMatch(/^failed: outcome at \S+: success, not InvalidParameterValue/);
    expect(since.failing).toBe(longIds.length + 1);
    expect(exitCodeOf(faulty, since)).toBe(1);
  });

  test("the healthy one compared with it: the same cases are better, which is a change too, exit 1", () => {
    const since = changesBetween(faulty, healthy);
    expect(changeList(since)).toEqual([...longIds.map((id) => `better ${id}`), `other ${otherCodeId}`].sort());
    expect(exitCodeOf(healthy, since)).toBe(1);
  });

  test("compared with itself: the same failures are no change, exit 0", async () => {
    const second = await recordRun(1, ["group-id-one-byte-more"]);
    const since = changesBetween(faulty, second);
    expect(
      second.verdicts
        .filter((v) => v.status === "failed")
        .map((v) => v.id)
        .sort(),
    ).toEqual(longIds.toSorted());
    expect(since.changes).toEqual([]);
    expect(exitCodeOf(second, since)).toBe(0);
  });
});
