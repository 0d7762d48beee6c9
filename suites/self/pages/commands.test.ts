/** The commands that pages print: commands, options and npm scripts exist; README.md lists every command and stays short. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { command } from "../cli/run-in-process.ts";
import { pagePaths, readPage } from "./page.ts";

const pages = pagePaths().map(readPage);
const readme = readPage("README.md");

test("README.md has under 200 lines", () => {
  expect(readme.text.split("\n").length).toBeLessThan(200);
});

test("README.md mentions every command", async () => {
  const { out } = await command(["--help"]);
  const names = [...out.matchAll(/^ {2}([a-z]+) .*\[options\]/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) expect(readme.text, name).toContain(`| \`${name}`);
});

test("every npm script exists", () => {
  const { scripts } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { scripts: object };
  const named = pages.flatMap(({ text }) => [...text.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = ""]) => name));
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

test("every printed command has the options that it uses", async () => {
  const lines = pages
    .flatMap(({ text }) => [...text.matchAll(/(?:npm run assay --|npx assay) ([a-z]+[^\n`]*)/g)])
    .map(([, line = ""]) => line.split(/\s#|;|\s&&/)[0]?.trim() ?? "");
  expect(lines.length).toBeGreaterThan(30);
  const unknown: string[] = [];
  for (const line of new Set(lines)) {
    const { code, out } = await command([line.split(" ")[0] ?? "", "--help"]);
    const used = line.match(/(?<=\s)--[a-z-]+/g) ?? [];
    if (code !== 0 || used.some((option) => !out.includes(`  ${option} `))) unknown.push(line);
  }
  expect(unknown).toEqual([]);
});
