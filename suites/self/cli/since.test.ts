/** A run of the emulator beside an earlier one: the cases that changed are named, and no other. */
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

const specs = specsOf();
const select = ["tencent/iai/**", "aws/**"];
const folder = mkdtempSync(join(tmpdir(), "assay-since-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Recorded {
  readonly header: Header;
  readonly verdicts: readonly Verdict[];
  readonly log: string;
}

let runs = 0;

async function recorded(seed: number, faults: readonly string[] = []): Promise<Recorded> {
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

function between(was: Recorded, is: Recorded): ChangesSince {
  const told = trackChanges(readPreviousRun(was.log), is.header);
  for (const verdict of is.verdicts) told.note(verdict, false);
  return told.since();
}

function exitOf({ verdicts }: Recorded, since: ChangesSince): number {
  const counts = Object.fromEntries(
    STATUSES.map((status) => [status, verdicts.filter((v) => v.status === status).length]),
  ) as Counts;
  const rest = { interrupted: false, stale: 0, excused: 0, strictWarnings: 0, actionsWithoutPass: 0, left: 0 };
  return exitCode({ planned: verdicts.length, counts, ...rest, since });
}

const healthy = await recorded(1);
const broken = await recorded(1, ["group-id-one-byte-more"]);

describe("the healthy emulator", () => {
  test.each([1, 2, 3])("beside itself, seed 1 and seed %i: no change, exit 0", async (seed) => {
    const again = await recorded(seed);
    const since = between(healthy, again);
    expect(since.changes).toEqual([]);
    expect([since.total, since.noVerdict, since.newlyUndecided]).toEqual([0, 0, 0]);
    const mixes = again.verdicts.filter((v) => v.family === "fuzz").length;
    expect(since.compared).toBe(again.verdicts.length - (seed === 1 ? 0 : mixes));
    expect(since.compared).toBeGreaterThan(4000);
    expect(exitOf(again, since)).toBe(0);
  });
});

describe("one that has a fault", () => {
  const action = "tencent/iai/CreateGroup";
  const longer = [
    ...["tc3-get", "tc3-post", "v1-get-sha1", "v1-get-sha256", "v1-post-sha1", "v1-post-sha256"].map(
      (binding) => `${action}/boundary/GroupId/65-bytes-ascii@${binding}`,
    ),
    `${action}/boundary/GroupId/65-bytes-latin@tc3-post`,
  ];
  // Refused for either of two breaches, and now for the other one: no document is broken, and yet the target moved.
  const other = `${action}/precedence/GroupId.and.GroupExDescriptions.items/65-bytes-ascii.and.0-chars@tc3-post`;
  const told = (since: ChangesSince) => since.changes.map(({ kind, id }) => `${kind} ${id}`).sort();

  test("beside the healthy one: the cases that it breaks are named, no other, and the exit is 1", () => {
    const since = between(healthy, broken);
    expect(told(since)).toEqual([...longer.map((id) => `worse ${id}`), `other ${other}`].sort());
    expect(since.changes[0]?.before).toBe("passed: InvalidParameterValue.GroupIdTooLong");
    expect(since.changes[0]?.after).toMatch(/^failed: outcome at \S+: success, not InvalidParameterValue/);
    expect(since.failing).toBe(longer.length + 1);
    expect(exitOf(broken, since)).toBe(1);
  });

  test("the other way round they are better, which is a change too", () => {
    const since = between(broken, healthy);
    expect(told(since)).toEqual([...longer.map((id) => `better ${id}`), `other ${other}`].sort());
    expect(exitOf(healthy, since)).toBe(1);
  });

  test("beside itself: it fails as it failed, which is no news", async () => {
    const again = await recorded(1, ["group-id-one-byte-more"]);
    const since = between(broken, again);
    expect(
      again.verdicts
        .filter((v) => v.status === "failed")
        .map((v) => v.id)
        .sort(),
    ).toEqual(longer.toSorted());
    expect(since.changes).toEqual([]);
    expect(exitOf(again, since)).toBe(0);
  });
});
