/** A number of cases → a folder of specs that plans about so many, of a made-up service that only looks. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What one action of the folder plans at standard depth; all actions are alike but for their names. */
const casesPerAction = 1061;

const source = { url: "https://example.com/bench", accessedOn: "2026-11-21", section: 1 };
/** What a call beyond a limit gets: the code of a refusal, or nobody knows what, so that any server will do. */
export type ExtraSpecs = "refused" | "open";

type Refusal = readonly string[] | { readonly unspecified: string };

/** All optional, so that each can be sent alone, with one other and with all; two of each kind of limit, but for bytes. */
function parametersWith(refusal: Refusal): object {
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

const serviceWith = (refusal: Refusal): object => ({
  service: "tencent/bench",
  version: "2026-11-21",
  description: "A made-up service of actions that only look.",
  source,
  envelope: "tencent-cloud",
  host: "bench.tencentcloudapi.com",
  credentialScope: "bench",
  bindings: ["tc3-post", "tc3-get", "v1-get-sha1", "v1-get-sha256", "v1-post-sha1", "v1-post-sha256"],
  refusals: { absent: refusal, empty: refusal, "is-null": refusal, type: refusal, unknown: refusal },
});

/** Writes `dir/tencent/bench`; at least one action. JSON is YAML as well. */
export function writeFolder(dir: string, cases: number, beyond: ExtraSpecs): void {
  const folder = join(dir, "tencent", "bench");
  const refusal: Refusal =
    beyond === "refused" ? ["InvalidParameterValue"] : { unspecified: "no page says what happens then" };
  const parameters = parametersWith(refusal);
  const write = (name: string, content: object) =>
    writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(content, null, 2));
  mkdirSync(folder, { recursive: true });
  write("service", serviceWith(refusal));
  for (let n = 0; n < Math.max(1, Math.round(cases / casesPerAction)); n++) {
    const action = `DescribeThing${n}`;
    const description = "Looks at nothing in particular.";
    write(action, { action, description, source, parameters, output: { type: "object" }, errors: [] });
  }
}
