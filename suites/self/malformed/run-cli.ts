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
  const remove = (file: string) => rmSync(file, { recursive: true, force: true });
  return {
    pathOf: (kind) => files[kind],
    corrupt: (file, text) => {
      remove(file);
      mkdirSync(text === "folder" ? file : dirname(file), { recursive: true });
      if (text !== undefined && text !== "folder") writeFileSync(file, text);
    },
    restore: (file) => {
      remove(file);
      const text = validTexts.get(file);
      if (text !== undefined) writeFileSync(file, text);
    },
    lint: (kind) =>
      runCaptured(["lint", "--specs", specs, ...(kind === "target" || kind === "known" ? [files[kind]] : [])]),
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
