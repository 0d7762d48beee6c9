/** A composite action of this repository → its steps, run here in order as a GitHub runner runs them. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { packageRoot } from "../../../runner/spec/package-root.ts";

export const actionFolder = join(packageRoot(), ".github", "actions", "assay");

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

export interface GitHubAction {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const readAction = (): GitHubAction =>
  parse(readFileSync(join(actionFolder, "action.yml"), "utf8")) as GitHubAction;

/** A checkout of the repository with the action in it; what is built there starts this one's command line. */
export function checkout(built = true): string {
  const root = mkdtempSync(join(tmpdir(), "assay-action-"));
  cpSync(actionFolder, join(root, ".github", "actions", "assay"), { recursive: true });
  if (!built) return root;
  const main = join(packageRoot(), "runner", "cli", "main.ts");
  const words = JSON.stringify(["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href, main]);
  mkdirSync(join(root, "dist", "runner", "cli"), { recursive: true });
  mkdirSync(join(root, "node_modules"));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(root, "dist", "runner", "cli", "main.js"),
    `import { spawn } from "node:child_process";
const child = spawn(process.execPath, [...${words}, ...process.argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("close", (code) => process.exit(code ?? 1));
`,
  );
  return root;
}

export interface Ran {
  /** Of the first step that failed, else 0. */
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly log: string;
  /** What the artifact would be. */
  readonly uploads: readonly Readonly<Record<string, string>>[];
  /** The folder in which the steps ran. */
  readonly workspace: string;
}

export interface Running {
  readonly done: Promise<Ran>;
  readonly workspace: string;
  /** To the step that runs now, as a runner does it where a job is cancelled. */
  cancel(): void;
}

/** `env` goes to every step. */
export function runAction(
  root: string,
  inputs: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
  workspace = mkdtempSync(join(tmpdir(), "assay-workspace-")),
): Running {
  const { inputs: declared, outputs, runs } = readAction();
  for (const name of Object.keys(inputs)) if (!declared[name]) throw new Error(`the action has no input ${name}`);
  const files = { GITHUB_OUTPUT: "output", GITHUB_STEP_SUMMARY: "summary" };
  const kept = mkdtempSync(join(tmpdir(), "assay-files-"));
  const told: Record<string, string> = {};
  let cancel = (): void => {};
  const value = (expression: string): string => {
    const [, kind, rest = ""] = /^(inputs|steps)\.(.+)$/.exec(expression.trim()) ?? [];
    if (kind === "inputs") return inputs[rest] ?? declared[rest]?.default ?? "";
    const [, step, name] = /^(\S+)\.outputs\.(\S+)$/.exec(rest) ?? [];
    if (step === undefined) throw new Error(`no such expression: ${expression}`);
    return told[`${step}.${name}`] ?? "";
  };
  const filled = (of: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(
      Object.entries(of).map(([name, text]) => [name, text.replace(/\$\{\{(.*?)\}\}/g, (_, e) => value(e))]),
    );
  const holds = (condition: string): boolean =>
    condition.split("&&").every((part) => {
      const [, expression, literal] = /^(.*?)!=\s*'(.*)'$/.exec(part.trim()) ?? [];
      return expression === undefined || value(expression) !== literal;
    });
  const all = async (): Promise<Ran> => {
    let code: number | null = 0;
    let log = "";
    const uploads: Record<string, string>[] = [];
    for (const step of runs.steps) {
      const always = step.if?.includes("always()") ?? false;
      if ((code !== 0 && !always) || !holds((step.if ?? "").replace("always()", ""))) continue;
      if (step.uses) {
        uploads.push(filled(step.with));
        continue;
      }
      writeFileSync(join(kept, "step.sh"), step.run ?? "");
      for (const file of Object.values(files)) writeFileSync(join(kept, file), "", { flag: "a" });
      writeFileSync(join(kept, files.GITHUB_OUTPUT), "");
      const child = spawn("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", join(kept, "step.sh")], {
        cwd: workspace,
        env: {
          ...process.env,
          NO_COLOR: "1",
          ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(kept, file)])),
          GITHUB_ACTIONS: "true",
          GITHUB_WORKSPACE: workspace,
          GITHUB_ACTION_PATH: join(root, ".github", "actions", "assay"),
          ...filled(step.env),
          ...env,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      cancel = () => void child.kill("SIGINT");
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (log += chunk));
      const ended = await new Promise<number | null>((resolve) => child.on("close", resolve));
      if (ended !== 0 && code === 0) code = ended;
      for (const line of readFileSync(join(kept, files.GITHUB_OUTPUT), "utf8").split("\n")) {
        const [, name, text] = /^([^=]+)=(.*)$/.exec(line) ?? [];
        if (name !== undefined) told[`${step.id}.${name}`] = text ?? "";
      }
    }
    const values = Object.fromEntries(Object.entries(outputs).map(([name, of]) => [name, of.value]));
    return {
      code,
      outputs: filled(values),
      summary: readFileSync(join(kept, files.GITHUB_STEP_SUMMARY), "utf8"),
      log,
      uploads,
      workspace,
    };
  };
  return { done: all(), workspace, cancel: () => cancel() };
}
