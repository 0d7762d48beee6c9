/** A composite action of this repository → its steps, run in order as a GitHub runner does. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { cliFile } from "../fixtures/built-files.ts";

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

/** A folder like a checkout with the action. If `built`, its dist has a main.js that starts the command line of this repository. */
export function checkout(built = true): string {
  const root = mkdtempSync(join(tmpdir(), "assay-action-"));
  cpSync(actionFolder, join(root, ".github", "actions", "assay"), { recursive: true });
  if (!built) return root;
  mkdirSync(join(root, "dist"));
  mkdirSync(join(root, "node_modules"));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(join(root, "dist", "main.js"), `import ${JSON.stringify(pathToFileURL(cliFile).href)};\n`);
  return root;
}

export interface ActionResult {
  /** Exit code of the first step that failed, else 0; null if a signal ended it. */
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** The job summary, in Markdown. */
  readonly summary: string;
  /** Standard output and standard error of all steps. */
  readonly log: string;
  /** The inputs of each step that uploads an artifact. */
  readonly uploads: readonly Readonly<Record<string, string>>[];
  /** Working folder of the steps. */
  readonly workspace: string;
}

export interface ActionRun {
  readonly done: Promise<ActionResult>;
  readonly workspace: string;
  /** Sends SIGINT to the current step, as a runner does when the job is cancelled. */
  cancel(): void;
}

/** `root`: folder of `checkout`. `env` is added to the environment of every step. */
export function runAction(
  root: string,
  inputs: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
  workspace = mkdtempSync(join(tmpdir(), "assay-workspace-")),
): ActionRun {
  const { inputs: declaredInputs, outputs, runs } = readAction();
  for (const name of Object.keys(inputs)) if (!declaredInputs[name]) throw new Error(`the action has no input ${name}`);
  const files = { GITHUB_OUTPUT: "output", GITHUB_STEP_SUMMARY: "summary" };
  const filesFolder = mkdtempSync(join(tmpdir(), "assay-files-"));
  const stepOutputs: Record<string, string> = {};
  let cancel = (): void => {};
  const evaluateExpression = (expression: string): string => {
    const [, kind, rest = ""] = /^(inputs|steps)\.(.+)$/.exec(expression.trim()) ?? [];
    if (kind === "inputs") return inputs[rest] ?? declaredInputs[rest]?.default ?? "";
    const [, step, name] = /^(\S+)\.outputs\.(\S+)$/.exec(rest) ?? [];
    if (step === undefined) throw new Error(`action.yml: unsupported expression: ${expression}`);
    return stepOutputs[`${step}.${name}`] ?? "";
  };
  /** Evaluates the `${{ }}` expressions in the values. */
  const interpolate = (values: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).map(([name, text]) => [
        name,
        text.replace(/\$\{\{(.*?)\}\}/g, (_, e) => evaluateExpression(e)),
      ]),
    );
  /** Supports `&&` and `!=` with a literal, as far as action.yml uses them. */
  const conditionHolds = (condition: string): boolean =>
    condition.split("&&").every((part) => {
      const [, expression, literal] = /^(.*?)!=\s*'(.*)'$/.exec(part.trim()) ?? [];
      return expression === undefined || evaluateExpression(expression) !== literal;
    });
  const runSteps = async (): Promise<ActionResult> => {
    let code: number | null = 0;
    let log = "";
    const uploads: Record<string, string>[] = [];
    for (const step of runs.steps) {
      const always = step.if?.includes("always()") ?? false;
      if ((code !== 0 && !always) || !conditionHolds((step.if ?? "").replace("always()", ""))) continue;
      if (step.uses) {
        uploads.push(interpolate(step.with));
        continue;
      }
      writeFileSync(join(filesFolder, "step.sh"), step.run ?? "");
      for (const file of Object.values(files)) writeFileSync(join(filesFolder, file), "", { flag: "a" });
      writeFileSync(join(filesFolder, files.GITHUB_OUTPUT), "");
      const child = spawn("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", join(filesFolder, "step.sh")], {
        cwd: workspace,
        env: {
          ...process.env,
          NO_COLOR: "1",
          ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(filesFolder, file)])),
          GITHUB_ACTIONS: "true",
          GITHUB_WORKSPACE: workspace,
          GITHUB_ACTION_PATH: join(root, ".github", "actions", "assay"),
          ...interpolate(step.env),
          ...env,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      cancel = () => void child.kill("SIGINT");
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (log += chunk));
      const stepCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
      if (stepCode !== 0 && code === 0) code = stepCode;
      for (const line of readFileSync(join(filesFolder, files.GITHUB_OUTPUT), "utf8").split("\n")) {
        const [, name, text] = /^([^=]+)=(.*)$/.exec(line) ?? [];
        if (name !== undefined) stepOutputs[`${step.id}.${name}`] = text ?? "";
      }
    }
    const values = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    return {
      code,
      outputs: interpolate(values),
      summary: readFileSync(join(filesFolder, files.GITHUB_STEP_SUMMARY), "utf8"),
      log,
      uploads,
      workspace,
    };
  };
  return { done: runSteps(), workspace, cancel: () => cancel() };
}
