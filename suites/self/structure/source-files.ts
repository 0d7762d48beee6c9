/** The TypeScript files of the repository: what each imports and what it exports, read from its text. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { packageRoot } from "../../../runner/spec/package-root.ts";

export interface SourceFile {
  /** From the root of the repository, such as `runner/cases/plan.ts`. */
  readonly path: string;
  readonly folder: string;
  /** Tests, and the folders `testing` that support them. */
  readonly isTest: boolean;
  /** Paths of the files of this repository that it imports. */
  readonly imports: readonly string[];
  /** Names of packages and of Node's modules that it imports. */
  readonly packages: readonly string[];
  /** Names that it declares and exports; what it passes on from other files is left out. */
  readonly exports: readonly string[];
}

const tops = ["runner", "reports", "suites"];

/** The formatter writes every import and every exported declaration at the start of a line. */
const importPattern = /^(?:import|export)(?: (?:type )?(?:\*(?: as \w+)?|\w*,? ?(?:\{[^}]*\})?) from)? "([^"]+)"/gm;
const exportPattern =
  /^export (?:declare |abstract |async )*(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm;

export function sourceFiles(): SourceFile[] {
  const root = packageRoot();
  return tops.flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
      .map((name) => posix.join(top, name.replaceAll("\\", "/")))
      .filter((path) => path.endsWith(".ts"))
      .sort()
      .map((path) => sourceFile(path, readFileSync(join(root, path), "utf8"))),
  );
}

/** @param text what stands in the file */
export function sourceFile(path: string, text: string): SourceFile {
  const folder = posix.dirname(path);
  const specifiers = [...text.matchAll(importPattern)].map(([, specifier = ""]) => specifier);
  return {
    path,
    folder,
    isTest: path.endsWith(".test.ts") || folder.split("/").includes("testing"),
    imports: specifiers.filter((s) => s.startsWith(".")).map((s) => posix.join(folder, s)),
    packages: specifiers.filter((s) => !s.startsWith(".")),
    exports: [...text.matchAll(exportPattern)].map(([, name = ""]) => name),
  };
}
