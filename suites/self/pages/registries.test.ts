/** The pages list what the registries of the code list: families, checks, reports, folders and their arrows. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reports } from "../../../reports/index.ts";
import { checks } from "../../../runner/check/checks/index.ts";
import { postconditions } from "../../../runner/run/postconditions/index.ts";
import { sdkFamilies } from "../../../runner/sdk/families/index.ts";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { command } from "../cli/run-in-process.ts";
import { areaOf, arrows } from "../structure/arrows.ts";
import { readPage } from "./page.ts";

const folders = (path: string): string[] =>
  readdirSync(join(packageRoot(), path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

test("the families have the ids, the order and the descriptions of `assay list families`", async () => {
  const { sections } = readPage("runner/cases/families/README.md");
  const families = sections.filter(({ quotes }) => quotes.length > 0);
  const lines = families.map(({ text, quotes }) => `${text}  ${quotes.join(" ").replaceAll("\n", " ")}\n`);
  expect(lines.join("")).toBe((await command(["list", "families"])).out);
  const others = sections.filter(({ depth, quotes }) => depth > 1 && quotes.length === 0).map(({ text }) => text);
  expect(others).toEqual(["A new family"]);
});

test("the checks have the ids and the order of the registries", () => {
  const { sections } = readPage("runner/check/checks/README.md");
  // Checks of several responses have no registry; detection-matrix.ts lists them.
  const ids = [...[...checks, ...postconditions].map(({ id }) => id), "concurrency", "equivalence"];
  expect(sections.filter(({ depth }) => depth === 3).map(({ text }) => text)).toEqual(ids);
});

test("the page of the drivers has the families of the SDK gate, in their order", () => {
  const { text } = readPage("suites/drivers/README.md");
  const ids = [...text.matchAll(/^\| `sdk-([a-z-]+)` \|/gm)].map(([, id]) => id);
  expect(ids).toEqual(sdkFamilies.map(({ id }) => id));
});

test("the reports are all there, with their files", () => {
  const { text } = readPage("reports/README.md");
  const formats = /--format\s+([\w|]+)`/.exec(text)?.[1]?.split("|").sort();
  expect(formats).toEqual(reports.map(({ id }) => id).sort());
  for (const { file } of reports) if (file !== null) expect(text).toContain(`| \`${file}\` |`);
});

test.each(["runner", "suites"])("the table of %s has every folder", (path) => {
  const { links } = readPage(`${path}/README.md`);
  const linked = links.map((link) => link.split("/")[0] ?? "");
  expect(folders(path).filter((name) => !linked.includes(name))).toEqual([]);
});

describe("the picture of the folders", () => {
  const [picture] = readPage("runner/README.md").codeBlocks.filter(({ language }) => language === "mermaid");
  const rows = (picture?.text ?? "")
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(" --> "));
  const drawn = rows.flatMap(([from = "", to]) => (to === undefined ? [] : to.split(" & ").map((t) => `${from} ${t}`)));
  const nodes = new Set(rows.flatMap((row) => row.flatMap((side) => side.split(" & "))));

  test("has the folders of runner, and reports", () => {
    expect([...nodes].sort()).toEqual([...folders("runner"), "reports"].sort());
  });

  test("has the arrows of arrows.ts, without those that follow from others", () => {
    const targets = new Map(
      Object.entries(arrows).map(([from, tos]) => [from, new Set(tos.map((to) => areaOf(`runner/${to}`)))]),
    );
    /** True where a path of several arrows leads from one folder to another. */
    const follows = (from: string, to: string): boolean => {
      const reached = new Set<string>();
      const walk = (folder: string): void => {
        for (const next of targets.get(folder) ?? []) {
          if ((folder === from && next === to) || reached.has(next)) continue;
          reached.add(next);
          walk(next);
        }
      };
      walk(from);
      return reached.has(to);
    };
    const expected = [...targets].flatMap(([from, tos]) =>
      [...tos].filter((to) => !follows(from, to)).map((to) => `${from} ${to}`),
    );
    expect(drawn.sort()).toEqual(expected.sort());
  });
});
