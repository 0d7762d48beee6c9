/** How the code is laid out: which folder imports which, how large a folder is, and what names mean. */
import { describe, expect, test } from "vitest";
import { areaOf, arrows, entriesFor } from "./arrows.ts";
import { sourceFile, sourceFiles } from "./source-files.ts";
import { avoidedTerms, splitName } from "./vocabulary.ts";

const files = sourceFiles();
const code = files.filter((file) => !file.isTest);

/** A stranger reads a list of so many names at a glance; beyond it a folder holds several subjects. */
const MAX_FILES_PER_FOLDER = 24;

describe("folders", () => {
  const counts = new Map<string, number>();
  for (const { folder } of code) counts.set(folder, (counts.get(folder) ?? 0) + 1);

  test(`none has more than ${MAX_FILES_PER_FOLDER} code files`, () => {
    expect([...counts].filter(([, n]) => n > MAX_FILES_PER_FOLDER)).toEqual([]);
  });
});

describe("arrows", () => {
  test("every folder has its row", () => {
    expect([...new Set(code.map((file) => areaOf(file.path)))].filter((area) => area !== "suites").sort()).toEqual(
      Object.keys(arrows).sort(),
    );
  });

  test("an import that no row allows is refused", () => {
    const forbidden = code.flatMap(({ path, imports }) => {
      const from = areaOf(path);
      const allowed = new Set([from, "model", ...(arrows[from] ?? [])]);
      return from === "suites"
        ? []
        : imports.filter((to) => !entriesFor(to).some((entry) => allowed.has(entry))).map((to) => `${path} -> ${to}`);
    });
    expect(forbidden).toEqual([]);
  });

  test("what a row allows is used by some file", () => {
    const used = new Set(
      code.flatMap(({ path, imports }) => imports.flatMap(entriesFor).map((entry) => `${areaOf(path)} ${entry}`)),
    );
    const unused = Object.entries(arrows).flatMap(([from, tos]) =>
      tos.filter((to) => !used.has(`${from} ${to}`)).map((to) => `${from} -> ${to}`),
    );
    expect(unused).toEqual([]);
  });

  test("the rows have no circle", () => {
    const done = new Set<string>();
    const visit = (area: string, path: readonly string[]): void => {
      if (path.includes(area)) throw new Error([...path, area].join(" -> "));
      if (done.has(area)) return;
      for (const to of arrows[area] ?? []) visit(to.split("/")[0] ?? "", [...path, area]);
      done.add(area);
    };
    for (const area of Object.keys(arrows)) visit(area, []);
  });

  test("only tests and suites/vitest.ts import vitest", () => {
    const users = code.filter(({ packages }) => packages.includes("vitest")).map(({ path }) => path);
    expect(users.filter((path) => path !== "suites/vitest.ts" && !path.startsWith("suites/self/"))).toEqual([]);
  });
});

/**
 * Names that several files declare, each with the reason why one name is right.
 * Files of the same name in the folders of protocols have the same exports by design.
 */
const sharedNames: Readonly<Record<string, string>> = {
  codePointLength: "cases and emulator are two witnesses: each counts by itself",
  utf8Length: "cases and emulator are two witnesses: each counts by itself",
  sample: "an entry of a registry has its id for a name: a family and a check",
};

describe("exported names", () => {
  const homes = new Map<string, string[]>();
  for (const { path, exports } of code)
    for (const name of new Set(exports)) homes.set(name, [...(homes.get(name) ?? []), path]);
  const several = [...homes].filter(([, paths]) => paths.length > 1);
  const isProtocolFile = (path: string): boolean => /^runner\/protocols\/[^/]+\/[^/]+\.ts$/.test(path);

  test("one name has one meaning", () => {
    const clashes = several.filter(([name, paths]) => !(name in sharedNames) && !paths.every(isProtocolFile));
    expect(clashes.map(([name, paths]) => `${name}: ${paths.join(", ")}`)).toEqual([]);
  });

  test("the list of shared names holds no other", () => {
    const shared = several.filter(([, paths]) => !paths.every(isProtocolFile)).map(([name]) => name);
    expect(Object.keys(sharedNames).filter((name) => !shared.includes(name))).toEqual([]);
  });

  test("none contains a word that the field has a term for", () => {
    const found = [...homes.keys()].flatMap((name) =>
      splitName(name)
        .filter((word) => Object.hasOwn(avoidedTerms, word))
        .map((word) => `${name} in ${homes.get(name)?.join(", ")}: ${word}; say ${avoidedTerms[word]}`),
    );
    expect(found).toEqual([]);
  });

  test("nor does a file name", () => {
    const found = files.flatMap(({ path }) =>
      splitName(
        path
          .split("/")
          .at(-1)
          ?.replace(/(?:\.test)?\.ts$/, "") ?? "",
      )
        .filter((word) => Object.hasOwn(avoidedTerms, word))
        .map((word) => `${path}: ${word}; say ${avoidedTerms[word]}`),
    );
    expect(found).toEqual([]);
  });
});

test("imports and exports are read from the text of a file", () => {
  const text = `/** A file. */
import { a } from "./a.ts";
import type {
  B,
} from "../b/b.ts";
import "node:fs";
export type * from "./c.ts";
export { d } from "./d.ts";

export const one = "import from";
export async function two() {}
export interface Three {}
const four = 4;
`;
  expect(sourceFile("runner/x/y.ts", text)).toEqual({
    path: "runner/x/y.ts",
    folder: "runner/x",
    isTest: false,
    imports: ["runner/x/a.ts", "runner/b/b.ts", "runner/x/c.ts", "runner/x/d.ts"],
    packages: ["node:fs"],
    exports: ["one", "two", "Three"],
  });
});
