/** Every relative link of every Markdown page leads to an existing file, folder or heading. */
import { existsSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { pagePaths, parsePage, readPage } from "./page.ts";

const pages = pagePaths().map(readPage);
const isExternal = (link: string): boolean => /^[a-z]+:/.test(link);

/** A folder shows its README.md. */
function resolveLink(from: string, link: string): { readonly path: string; readonly anchor: string } {
  const [file = "", anchor = ""] = link.split("#");
  const path = file === "" ? from : posix.join(posix.dirname(from), file);
  const readme = posix.join(path, "README.md");
  const isFolder = existsSync(join(packageRoot(), path)) && statSync(join(packageRoot(), path)).isDirectory();
  return { path: isFolder && existsSync(join(packageRoot(), readme)) ? readme : path, anchor };
}

function problemOf(from: string, link: string): string | undefined {
  const { path, anchor } = resolveLink(from, link);
  if (path.startsWith("..") || !existsSync(join(packageRoot(), path))) return `${link}: ${path} does not exist`;
  const page = pages.find((p) => p.path === path);
  if (anchor === "" || page === undefined) return undefined;
  return page.sections.some((section) => section.anchor === anchor) ? undefined : `${link}: no such heading`;
}

test.each(pages.map((page) => [page.path, page] as const))("%s", (path, { links }) => {
  const problems = links.filter((link) => !isExternal(link)).map((link) => problemOf(path, link));
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});

test("every README.md is linked from another page", () => {
  const linked = new Set(pages.flatMap(({ path, links }) => links.map((link) => resolveLink(path, link).path)));
  const names = pages.map(({ path }) => path).filter((path) => path.endsWith("/README.md"));
  expect(names.filter((path) => !linked.has(path))).toEqual([]);
});

test("headings have the anchors of GitHub", () => {
  const text =
    "# A `b`, [c](d.md)!\n\n## report.html\n\n```md\n# none\n[no](link)\n```\n\n## report.html\n\n## Ä_ü-1\n";
  const { sections, links } = parsePage("x.md", text);
  expect(sections.map(({ anchor }) => anchor)).toEqual(["a-b-c", "reporthtml", "reporthtml-1", "ä_ü-1"]);
  expect(links).toEqual(["d.md"]);
});
