/**
 * A service over AWS JSON of a provider that assay does not know: a required number, an enumeration in a list, names of small
 * letters only. It is linted and served from its specs.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { command } from "../cli/run-in-process.ts";

const specs = join(packageRoot(), "suites", "self", "fixtures", "rooms");
const out = mkdtempSync(join(tmpdir(), "assay-rooms-"));
afterAll(() => rmSync(out, { recursive: true }));

interface LoggedVerdict {
  readonly type: string;
  readonly id: string;
  readonly status: string;
}

test("lint reports no problem", async () => {
  const { code, lines } = await command(["lint", "--specs", specs]);
  expect([code ?? 0, lines[0]]).toEqual([0, "3 actions and 0 other files checked: no problems"]);
});

test("every case passes or is observed on the emulator, also those of signatures with a region", async () => {
  const { code } = await command(["run", "--quiet", "--specs", specs, "--out", out]);
  const log = readFileSync(join(out, "run.ndjson"), "utf8").trim().split("\n");
  const verdicts = log.map((line) => JSON.parse(line) as LoggedVerdict).filter(({ type }) => type === "verdict");
  const others = verdicts.filter(({ status }) => status !== "passed" && status !== "observed");
  expect(others.map(({ id, status }) => `${status} ${id}`)).toEqual([]);
  expect(code ?? 0).toBe(0);
  const ids = verdicts.map(({ id }) => id.slice("acme/rooms/".length));
  expect(ids).toContain("CloseRoom/signature/scope/region@awsjson11");
  for (const slug of ["is-screen", "is-phone", "is-board", "another-case", "nobodys"])
    expect(ids).toContain(`CreateRoom/enum/Equipment.items/${slug}@awsjson11`);
  expect(ids.filter((id) => id.includes("missing-member/Seats/empty") || id.includes("neighbour/other-case"))).toEqual(
    [],
  );
});
