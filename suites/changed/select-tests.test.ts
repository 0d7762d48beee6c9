/** The tests that are selected for a change. */
import { expect, test } from "vitest";
import { selectTests } from "./select-tests.ts";

const structure = "suites/self/structure/structure.test.ts";
const planned = "suites/self/documents/planned-cases.test.ts";
const faults = "suites/self/detection/faults.test.ts";
const glob = "runner/cases/glob.test.ts";
const bind = "runner/cases/bind/value.test.ts";
const iai = ["suites/conformance/tencent/iai.test.ts", "suites/self/documents/iai.test.ts"];
const links = "suites/self/pages/links.test.ts";
const reference = "suites/self/specs/reference.test.ts";
const tests = [glob, bind, "runner/http/edit.test.ts", ...iai, planned, faults, links, reference, structure];

test.each<[changed: string, files: string[], families: string[]]>([
  ["runner/cases/families/boundary.ts", [glob, bind, planned, faults, structure], ["boundary"]],
  ["runner/cases/families/index.ts", [glob, bind, structure], []],
  ["runner/cases/bind/bind.ts", [bind, structure], []],
  [bind, [bind, structure], []],
  ["runner/values/random.ts", [structure], []],
  ["specs/tencent/iai/CreateGroup.yaml", [...iai, structure], []],
  ["README.md", [links, structure], []],
  ["suites/README.md", [links, structure], []],
  ["runner/cases/families/README.md", [glob, bind, links, structure], []],
  ["specs/README.md", [links, reference, structure], []],
  ["specs/schema/action.schema.json", [reference, structure], []],
  ["specs/example/acme/notes/GetNote.yaml", [reference, structure], []],
])("%s", (changed, files, families) => {
  expect(selectTests([changed], tests)).toEqual({ files, families });
});
