/** The registries list exactly the files of their folders. suites/self/pages compares them with the pages. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reports } from "../../reports/index.ts";
import { families } from "../../runner/cases/families/index.ts";
import { sdkChecks } from "../../runner/sdk/checks/index.ts";
import { sdkFamilies } from "../../runner/sdk/families/index.ts";
import { packageRoot } from "../../runner/spec/package-root.ts";
import { runAssay } from "./cli/run-cli.ts";

const root = packageRoot();
/** Names of the entries of a folder without their ending; `/` as ending selects folders. */
const entryNames = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) =>
      ending === "/" ? entry.isDirectory() : entry.name.endsWith(ending) && !entry.name.endsWith(".test.ts"),
    )
    .map((entry) => entry.name.slice(0, ending === "/" ? undefined : -ending.length));

describe("registries", () => {
  test("each family is a file, each file a family", () => {
    expect(
      entryNames("runner/cases/families", ".ts")
        .filter((n) => n !== "index")
        .sort(),
    ).toEqual(families.map((f) => f.id).sort());
  });

  test("each family and each check of the SDK gate is a file, and each file is one of them", () => {
    const sdkFiles = (folder: string) => entryNames(`runner/sdk/${folder}`, ".ts").filter((name) => name !== "index");
    expect(sdkFiles("families").sort()).toEqual(sdkFamilies.map(({ id }) => id).sort());
    expect(sdkFiles("checks").sort()).toEqual(sdkChecks.map(({ id }) => id).sort());
  });

  test("each report has a folder of its name", () => {
    const folders = entryNames("reports", "/");
    for (const report of reports) expect(folders).toContain(report.id);
  });

  test("each command is a file, and --help lists it", async () => {
    const { out } = await runAssay("--help");
    for (const name of ["run", "plan", "list", "explain", "emulator", "faults", "lint", "report"]) {
      expect(entryNames("runner/cli/commands", ".ts")).toContain(name);
      expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
    }
  });
});
