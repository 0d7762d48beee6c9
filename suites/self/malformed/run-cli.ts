/** A spoiled file and a command line that reads it → what became of it, in this process and with nothing sent. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCli } from "../../../runner/cli/program.ts";
import type { FileKind } from "../../../runner/spec/schema/read-schema.ts";
import { startServer } from "../hostile/server.ts";
import { referencedFiles, samples } from "./valid-samples.ts";
import { at, put, written } from "./yaml-with-positions.ts";

export interface CliOutcome {
  readonly code: number | undefined;
  readonly said: string;
}

export interface CliTrial {
  /** Where the file of a kind lies. */
  fileOf(kind: FileKind): string;
  /** Puts a text where the valid file was; `undefined` takes it away, `folder` makes a folder of it. */
  spoil(file: string, text: string | Uint8Array | "folder" | undefined): void;
  /** The file as it was. */
  mend(file: string): void;
  /** The two commands that must refuse it. */
  lint(kind: FileKind): Promise<CliOutcome>;
  command(...args: readonly string[]): Promise<CliOutcome>;
  run(kind: FileKind): Promise<CliOutcome>;
  /** Requests that arrived, and folders of reports that were made: nothing may be sent for a file that is wrong. */
  traces(): string[];
  /** Of the specs. */
  readonly dir: string;
  /** Clears them away. */
  forget(): void;
  close(): Promise<void>;
}

export async function createCliTrial(): Promise<CliTrial> {
  let requests = 0;
  const serving = await startServer((_, response) => {
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
  const whole = new Map<string, string>();
  const lay = (file: string, value: unknown) => {
    whole.set(file, written(value).text);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, written(value).text);
  };
  for (const [kind, file] of Object.entries(files)) lay(file, samples[kind as FileKind]);
  for (const [file, value] of Object.entries(referencedFiles)) lay(join(specs, file), value);
  const endpoint = ["services", "demo/box", "endpoint"];
  if (at(samples.target, endpoint) === undefined) throw new Error("the target of valid-samples.ts has no endpoint");
  lay(files.target, put(samples.target, endpoint, serving.url));
  const running: Readonly<Record<FileKind, readonly string[]>> = {
    action: ["--endpoint", serving.url],
    service: ["--endpoint", serving.url],
    envelope: ["--endpoint", serving.url],
    target: ["--target", files.target],
    known: ["--endpoint", serving.url, "--known", files.known],
  };
  const remove = (file: string) => rmSync(file, { recursive: true, force: true });
  return {
    fileOf: (kind) => files[kind],
    spoil: (file, text) => {
      remove(file);
      mkdirSync(text === "folder" ? file : dirname(file), { recursive: true });
      if (text !== undefined && text !== "folder") writeFileSync(file, text);
    },
    mend: (file) => {
      remove(file);
      const text = whole.get(file);
      if (text !== undefined) writeFileSync(file, text);
    },
    lint: (kind) =>
      captured(["lint", "--specs", specs, ...(kind === "target" || kind === "known" ? [files[kind]] : [])]),
    run: (kind) => captured(["run", "--specs", specs, "--out", out, "--depth", "quick", ...running[kind]]),
    command: (...args) => captured(args),
    dir: specs,
    traces: () => [
      ...(requests > 0 ? [`${requests} requests arrived`] : []),
      ...(existsSync(out) ? ["reports were written"] : []),
    ],
    forget: () => {
      requests = 0;
      remove(out);
    },
    close: async () => {
      await serving.close();
      remove(dir);
    },
  };
}

/** The command's exit code, and all that it said on either stream. */
async function captured(args: readonly string[]): Promise<CliOutcome> {
  let said = "";
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      said += String(chunk);
      return true;
    };
  }
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    const code = await runCli(args);
    return { code: code ?? (process.exitCode as number | undefined) ?? 0, said };
  } finally {
    process.exitCode = before;
    for (const [i, stream] of streams.entries()) stream.write = writes[i] ?? stream.write;
  }
}
