/** Changed files → the tests that answer fastest whether the change is right. A family is imported by nearly every test, so imports do not decide. */
import { posix } from "node:path";

export interface TestSelection {
  /** Paths of test files. */
  readonly files: readonly string[];
  /** Families whose faults `faults.test.ts` tests; empty if it is not selected. */
  readonly families: readonly string[];
}

/** `changed` and `tests`: paths from the root of the repository. */
export function selectTests(changed: readonly string[], tests: readonly string[]): TestSelection {
  const families = changed.flatMap((path) => /^runner\/cases\/families\/(?!index)([\w-]+)\.ts$/.exec(path)?.[1] ?? []);
  const services = changed.flatMap((path) => /^specs\/(\w+\/\w+)\//.exec(path)?.[1] ?? []);
  const files = new Set([
    "suites/self/structure/structure.test.ts",
    ...(families.length > 0
      ? ["suites/self/documents/planned-cases.test.ts", "suites/self/detection/faults.test.ts"]
      : []),
    ...services.flatMap((service) => [
      `suites/conformance/${service}.test.ts`,
      `suites/self/documents/${posix.basename(service)}.test.ts`,
    ]),
    ...(changed.some((path) => path.endsWith(".md"))
      ? tests.filter((test) => test.startsWith("suites/self/pages/"))
      : []),
    ...(changed.some((path) => /^specs\/(?:README\.md|example|schema)/.test(path))
      ? tests.filter((test) => test.startsWith("suites/self/specs/"))
      : []),
    ...changed.flatMap((path) => testsNear(path, tests)),
  ]);
  return { files: tests.filter((test) => files.has(test)), families };
}

/** A changed test itself; else the tests of the nearest folder, from that of the file up to its area, that has any. */
function testsNear(path: string, tests: readonly string[]): readonly string[] {
  if (tests.includes(path)) return [path];
  if (!/^(?:runner|reports)\//.test(path)) return [];
  for (let folder = posix.dirname(path); folder !== "runner" && folder !== "."; folder = posix.dirname(folder)) {
    const near = tests.filter((test) => test.startsWith(`${folder}/`));
    if (near.length > 0) return near;
  }
  return [];
}
