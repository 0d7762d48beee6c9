/** The Kubernetes example against the published schema of a Job, and its command with each index of its pods. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import schema from "./kubernetes-job.schema.json" with { type: "json" };

const job = parse(readFileSync(join(packageRoot(), "suites", "examples", "kubernetes-job.yaml"), "utf8"));
const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

describe("the schema", () => {
  test("accepts the example", () => {
    validate(job);
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each<[string, (spec: typeof job.spec) => object]>([
    ["a text in place of a number", (spec) => ({ ...spec, completions: "5" })],
    ["an unknown member", (spec) => ({ ...spec, completion: 5 })],
    ["no template", ({ template: _, ...spec }) => spec],
    ["a container without a name", (spec) => ({ ...spec, template: { spec: { containers: [{ image: "node" }] } } })],
  ])("refuses %s", (_, change) => {
    expect(validate({ ...job, spec: change(job.spec) })).toBe(false);
  });
});

test("each index runs another shard, and all run the number of shards that the Job completes", () => {
  const { completions, parallelism, completionMode, template } = job.spec;
  const [container] = template.spec.containers;
  expect([completionMode, parallelism]).toEqual(["Indexed", completions]);
  const commands = Array.from({ length: completions }, (_, index) => {
    const [shell, ...options] = container.command;
    // The command itself is printed, not run.
    const args = container.args.map((text: string) => text.replace("exec npx", "echo"));
    return execFileSync(shell, [...options, ...args], { env: { ...process.env, JOB_COMPLETION_INDEX: String(index) } });
  });
  expect(commands.map(String)).toEqual(
    commands.map((_, index) => `assay run --target staging --shard ${index + 1}/${completions} --out /out/${index}\n`),
  );
});
