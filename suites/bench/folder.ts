/** A number of cases → a folder of specs that plans about so many, of a made-up service that only looks. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What one action of the folder plans at standard depth; all actions are alike but for their names. */
export const casesPerAction = 1136;

const source = { page: "https://example.com/bench", seen: "2026-11-21", section: 1 };
const wrong = ["InvalidParameterValue"];

const name = {
  printed: { type: "String" },
  schema: { type: "string", minLength: 1, maxLength: 60, pattern: "[\\p{Script=Han}A-Za-z0-9_-]+" },
  refusals: { empty: wrong, maxLength: wrong, pattern: wrong },
  source,
};
const note = {
  printed: { type: "String" },
  schema: { type: "string", maxLength: 40 },
  refusals: { maxLength: wrong },
  source,
};
const key = {
  printed: { type: "String" },
  schema: { type: "string", "x-maxBytes": 64, pattern: "[A-Za-z0-9_-]+" },
  refusals: { "x-maxBytes": wrong, pattern: wrong },
  source,
};
const level = {
  printed: { type: "Integer" },
  schema: { type: "integer", minimum: 1, maximum: 100 },
  refusals: { minimum: wrong, maximum: wrong },
  source,
};
const labels = {
  printed: { type: "Array of String" },
  schema: { type: "array", maxItems: 5, items: { type: "string", minLength: 1, maxLength: 30 } },
  refusals: { maxItems: wrong, items: { empty: wrong, maxLength: wrong } },
  source,
};

/** All optional, so that each can be sent alone, with one other and with all; one of each kind of limit at least. */
const parameters = {
  Name: name,
  Alias: name,
  Note: note,
  Remark: note,
  Key: key,
  Level: level,
  Rank: level,
  Labels: labels,
  Tags: labels,
};

const service = {
  service: "tencent/bench",
  version: "2026-11-21",
  says: "A made-up service of actions that only look.",
  source,
  envelope: "tencent-cloud",
  host: "bench.tencentcloudapi.com",
  scope: "bench",
  bindings: ["tc3-post", "tc3-get", "v1-get-sha1", "v1-get-sha256", "v1-post-sha1", "v1-post-sha256"],
  refusals: {
    absent: ["MissingParameter"],
    empty: wrong,
    "is-null": wrong,
    type: wrong,
    unknown: ["UnknownParameter"],
  },
};

const action = (name: string): object => ({
  action: name,
  says: "Looks at nothing in particular.",
  source,
  parameters,
  output: { type: "object" },
  errors: [],
});

/** Writes `dir/tencent/bench`; at least one action. JSON is YAML as well. */
export function writeFolder(dir: string, cases: number): void {
  const folder = join(dir, "tencent", "bench");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "service.yaml"), JSON.stringify(service, null, 2));
  for (let n = 0; n < Math.max(1, Math.round(cases / casesPerAction)); n++) {
    const name = `DescribeThing${n}`;
    writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(action(name), null, 2));
  }
}
