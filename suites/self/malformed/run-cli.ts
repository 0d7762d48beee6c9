/** A malformed file and a command that reads it → exit code and output. The command runs in this process, against a local server that counts requests. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCli } from "../../../runner/cli/program.ts";
import type { FileKind } from "../../../runner/spec/schema/read-schema.ts";
import { startServer } from "../hostile/server.ts";
import { referencedFiles, samples } from "./valid-samples.ts";
import { setAt, toYaml, valueAt } from "./yaml-with-positions.ts";

export interface CliOutcome {
  /** Exit code. */
  readonly code: number | undefined;
  /** Text of standard output and standard error, in the order of writing. */
  readonly output: string;
}

export interface CliSandbox {
  /** Path of the file of a kind. */
  pathOf(kind: FileKind): string;
  /** Replaces the file with a text; `undefined` removes it, `folder` creates a folder in its place. */
  corrupt(file: string, text: string | Uint8Array | "folder" | undefined): void;
  /** Writes the valid content of the file again; removes a file that is not a sample. */
  restore(file: string): void;
  /** Runs `assay lint` with the file of the kind. */
  lint(kind: FileKind): Promise<CliOutcome>;
  /**
   * The same for each of the texts as the content of a file of the kind. `lint` takes many target and known-failure files at once;
   * each text then gets the messages about its file, with the path of the kind. @throws at a message about no file.
   */
  lintEach(kind: FileKind, texts: readonly string[]): Promise<CliOutcome[]>;
  /** Runs `assay run` with the file of the kind. */
  run(kind: FileKind): Promise<CliOutcome>;
  /** Runs `assay` with the arguments. */
  command(...args: readonly string[]): Promise<CliOutcome>;
  /** One text if requests arrived, one if reports were written; a malformed file must cause neither. */
  sideEffects(): string[];
  /** Path of the specs folder. */
  readonly specsFolder: string;
  /** Sets the number of requests to 0 and removes the reports. */
  clearSideEffects(): void;
  /** Stops the server and removes all files. */
  close(): Promise<void>;
}

export async function createCliSandbox(): Promise<CliSandbox> {
  let requests = 0;
  const server = await startServer((_, response) => {
    requests++;
    response.end("{}");
  });
  const dir = mkdtempSync(join(tmpdir(), "assay-malformed-"));
  const out = join(dir, "out");
  const specs = join(dir, "specs");
  const files: Readonly<Record<FileKind, string>> = {
    action: join(specs, "demo/box/MakeBox.yaml"),
    service: join(specs, "demo/box/service.yaml"),
    envelope: join(specs, "envelopes/demo.yaml"),
    target: join(dir, "target.yaml"),
    known: join(dir, "known.yaml"),
  };
  const validTexts = new Map<string, string>();
  const writeValid = (file: string, value: unknown) => {
    const { text } = toYaml(value);
    validTexts.set(file, text);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [kind, file] of Object.entries(files)) writeValid(file, samples[kind as FileKind]);
  for (const [file, value] of Object.entries(referencedFiles)) writeValid(join(specs, file), value);
  const endpoint = ["services", "demo/box", "endpoint"];
  if (valueAt(samples.target, endpoint) === undefined)
    throw new Error("the target of valid-samples.ts has no endpoint");
  writeValid(files.target, setAt(samples.target, endpoint, server.url));
  const runOptions: Readonly<Record<FileKind, readonly string[]>> = {
    action: ["--endpoint", server.url],
    service: ["--endpoint", server.url],
    envelope: ["--endpoint", server.url],
    target: ["--target", files.target],
    known: ["--endpoint", server.url, "--known", files.known],
  };
  const corrupt: CliSandbox["corrupt"] = (file, text) => {
    remove(file);
    mkdirSync(text === "folder" ? file : dirname(file), { recursive: true });
    if (text !== undefined && text !== "folder") writeFileSync(file, text);
  };
  const restore: CliSandbox["restore"] = (file) => {
    remove(file);
    const text = validTexts.get(file);
    if (text !== undefined) writeFileSync(file, text);
  };
  const lint: CliSandbox["lint"] = (kind) =>
    runCaptured(["lint", "--specs", specs, ...(isNoSpec(kind) ? [files[kind]] : [])]);
  const remove = (file: string) => rmSync(file, { recursive: true, force: true });
  return {
    pathOf: (kind) => files[kind],
    corrupt,
    restore,
    lint,
    lintEach: async (kind, texts) => {
      if (isNoSpec(kind)) return lintTogether(specs, files[kind], texts);
      const outcomes: CliOutcome[] = [];
      for (const text of texts) {
        corrupt(files[kind], text);
        outcomes.push(await lint(kind));
      }
      restore(files[kind]);
      return outcomes;
    },
    run: (kind) => runCaptured(["run", "--specs", specs, "--out", out, "--depth", "quick", ...runOptions[kind]]),
    command: (...args) => runCaptured(args),
    specsFolder: specs,
    sideEffects: () => [
      ...(requests > 0 ? [`${requests} requests arrived`] : []),
      ...(existsSync(out) ? ["reports were written"] : []),
    ],
    clearSideEffects: () => {
      requests = 0;
      remove(out);
    },
    close: async () => {
      await server.close();
      remove(dir);
    },
  };
}

const isNoSpec = (kind: FileKind): boolean => kind === "target" || kind === "known";

async function lintTogether(specs: string, file: string, texts: readonly string[]): Promise<CliOutcome[]> {
  const paths = texts.map((_, i) => `${file.slice(0, -".yaml".length)}-${i}.yaml`);
  for (const [i, path] of paths.entries()) writeFileSync(path, texts[i] ?? "");
  const { code, output } = await runCaptured(["lint", "--specs", specs, ...paths]);
  for (const path of paths) rmSync(path);
  const lines = output.split("\n").filter((line) => line !== "");
  const outcomes = paths.map((path) => {
    const ofFile = lines.filter((line) => line.startsWith(`${path}:`));
    return { code, output: ofFile.map((line) => `${line.replaceAll(path, file)}\n`).join("") };
  });
  const strays = lines.filter((line) => !paths.some((path) => line.startsWith(`${path}:`)));
  if (strays.length > 0) throw new Error(`messages about no file: ${strays.join("\n")}`);
  return outcomes;
}

/** Runs the command line in this process and captures both of its output streams. */
async function runCaptured(args: readonly string[]): Promise<CliOutcome> {
  let output = "";
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      output += String(chunk);
      return true;
    };
  }
  const previousExitCode = process.exitCode;
  process.exitCode = undefined;
  try {
    const code = await runCli(args);
    return { code: code ?? (process.exitCode as number | undefined) ?? 0, output };
  } finally {
    process.exitCode = previousExitCode;
    for (const [i, stream] of streams.entries()) stream.write = writes[i] ?? stream.write;
  }
}
