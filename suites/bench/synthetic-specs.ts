/** A folder of specs with a synthetic, read-only service, for which about a given number of cases is planned. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plan } from "../../runner/cases/plan.ts";
import { protocolOf } from "../../runner/protocols/index.ts";
import { loadSpecs } from "../../runner/spec/load.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

const source = { url: "https://example.com/bench", accessedOn: "2026-11-21", section: 1 };
const refusal = ["InvalidParameterValue"];

/** Optional parameters, so that each can be sent alone, with another and with all; two for each kind of limit, one for bytes. */
function parameters(): object {
  const name = {
    asDocumented: { type: "String" },
    schema: { type: "string", minLength: 1, maxLength: 60, pattern: "[\\p{Script=Han}A-Za-z0-9_-]+" },
    refusals: { empty: refusal, maxLength: refusal, pattern: refusal },
    source,
  };
  const note = {
    asDocumented: { type: "String" },
    schema: { type: "string", maxLength: 40 },
    refusals: { maxLength: refusal },
    source,
  };
  const key = {
    asDocumented: { type: "String" },
    schema: { type: "string", "x-maxBytes": 64, pattern: "[A-Za-z0-9_-]+" },
    refusals: { "x-maxBytes": refusal, pattern: refusal },
    source,
  };
  const level = {
    asDocumented: { type: "Integer" },
    schema: { type: "integer", minimum: 1, maximum: 100 },
    refusals: { minimum: refusal, maximum: refusal },
    source,
  };
  const labels = {
    asDocumented: { type: "Array of String" },
    schema: { type: "array", maxItems: 5, items: { type: "string", minLength: 1, maxLength: 30 } },
    refusals: { maxItems: refusal, items: { empty: refusal, maxLength: refusal } },
    source,
  };
  return {
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
}

const service = {
  service: "tencent/bench",
  version: "2026-11-21",
  description: "A synthetic service with read-only actions.",
  source,
  envelope: "tencent-cloud",
  host: "bench.tencentcloudapi.com",
  credentialScope: "bench",
  bindings: ["tc3-post", "tc3-get", "v1-get-sha1", "v1-get-sha256", "v1-post-sha1", "v1-post-sha256"],
  refusals: { absent: refusal, empty: refusal, "is-null": refusal, type: refusal, unknown: refusal },
};

/** Writes `dir/tencent/bench` with so many actions, equal except for their names. The files contain JSON, which is valid YAML. */
function writeActions(dir: string, count: number): void {
  const folder = join(dir, "tencent", "bench");
  const write = (name: string, content: object) =>
    writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(content, null, 2));
  mkdirSync(folder, { recursive: true });
  write("service", service);
  for (let n = 0; n < count; n++) {
    const action = `DescribeThing${n}`;
    const description = "Reads nothing in particular.";
    const output = { type: "object" };
    write(action, { action, description, source, parameters: parameters(), output, errors: [] });
  }
}

/** Number of cases that one action has at standard depth. */
export const casesPerAction = (): Promise<number> =>
  withTemporaryFolder(async (dir) => {
    writeActions(dir, 1);
    const actions = loadSpecs(dir).actions.values();
    const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);
    return [...plan({ actions, depth: "standard", select: [], isFlat })].length;
  });

/** Writes the specs of a service for which about `cases` cases are planned, and at least those of one action. */
export async function writeSpecs(dir: string, cases: number): Promise<void> {
  writeActions(dir, Math.max(1, Math.round(cases / (await casesPerAction()))));
}
