/** The package in another project: the example of the public API compiles with the strictest options, and runs. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { cliFile } from "../fixtures/built-files.ts";

const root = packageRoot();
const node = (...args: string[]): string => execFileSync(process.execPath, args, { encoding: "utf8" });
const tsc = (...args: string[]): string => {
  try {
    return node(join(root, "node_modules", "typescript", "bin", "tsc"), ...args);
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
};

/** The code of the example in the docstring of a file. */
const exampleIn = (path: string): string => {
  const [, lines = ""] = /^ \* ```ts\n([\s\S]*?)^ \* ```$/m.exec(readFileSync(join(root, path), "utf8")) ?? [];
  return lines.replaceAll(/^ \* ?/gm, "");
};

/** Strict options; without Node's types and without `skipLibCheck`, so that declarations of assay need no other package. */
const tsconfig = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023", "dom"],
    types: [],
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    skipLibCheck: false,
  },
  files: ["example.ts", "conformance.ts"],
};

/** A project in which assay and its dependencies with types are installed, as npm would do. */
function createProject(): string {
  const project = mkdtempSync(join(tmpdir(), "assay-consumer-"));
  onTestFinished(() => rmSync(project, { recursive: true }));
  const installed = join(project, "node_modules", "assay");
  mkdirSync(join(installed, "dist"), { recursive: true });
  cpSync(join(root, "package.json"), join(installed, "package.json"));
  const build = join(root, "runner", "tsconfig.build.json");
  expect(tsc("-p", build, "--outDir", join(installed, "dist", "types"))).toBe("");
  symlinkSync(join(dirname(cliFile), "index.js"), join(installed, "dist", "index.js"));
  symlinkSync(join(root, "node_modules", "openapi-types"), join(project, "node_modules", "openapi-types"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(tsconfig));
  writeFileSync(join(project, "example.ts"), exampleIn("runner/api/index.ts"));
  writeFileSync(
    join(project, "conformance.ts"),
    'import { conformance, startEmulator } from "assay/vitest";\nconst { url: endpoint } = await startEmulator();\nconformance("tencent/iai/**", { endpoint });\n',
  );
  return project;
}

test("the lock file has versions and digests, but no address from which npm downloads", () => {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  expect(Object.values<object>(packages).filter((entry) => "resolved" in entry)).toEqual([]);
});

test("the example of the public API compiles and prints verdicts, the exit code and the summary", () => {
  const project = createProject();
  expect(tsc("-p", project)).toBe("");
  const lines = node(join(project, "example.js")).split("\n");
  expect(lines[0]).toMatch(/^passed tencent\/iai\/CreateGroup\/boundary\//);
  expect(lines.some((line) => /^0 # assay: /.test(line))).toBe(true);
});
