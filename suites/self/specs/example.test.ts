/** specs/example: the commands of the guide in specs/README.md print what the guide shows; the built-in specs do not contain it. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmulatorServer, startEmulatorServer } from "../../../runner/emulator/server.ts";
import { loadLintedSpecs } from "../../../runner/lint/index.ts";
import { yamlFilesUnder } from "../../../runner/spec/digest.ts";
import { loadSpecs } from "../../../runner/spec/load.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { command } from "../cli/run-in-process.ts";

const example = join(builtInSpecs(), "example");

test("the built-in specs do not contain the example", () => {
  const { services, problems } = loadSpecs(builtInSpecs());
  expect([...services.keys()].filter((id) => !/^(tencent|aws)\//.test(id))).toEqual([]);
  expect(problems).toEqual([]);
  expect(yamlFilesUnder(builtInSpecs()).filter((file) => file.includes("example"))).toEqual([]);
  expect(loadLintedSpecs(example).actions.size).toBe(5);
});

test("a provider of the name `example` is read", () => {
  const dir = mkdtempSync(join(tmpdir(), "assay-example-"));
  try {
    cpSync(join(example, "acme"), join(dir, "example"), { recursive: true });
    const file = join(dir, "example", "notes", "service.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("acme/notes", "example/notes"));
    expect([...loadLintedSpecs(dir).services.keys()]).toEqual(["example/notes"]);
    expect(yamlFilesUnder(dir)).toHaveLength(6);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

/** The commands of one block of the guide, and the lines that the guide shows below it. */
interface Block {
  readonly commands: readonly string[];
  readonly shown: readonly string[];
}

const blocks: Block[] = [
  ...readFileSync(join(builtInSpecs(), "README.md"), "utf8").matchAll(
    /```sh\n([\s\S]*?)```\n(?:\n```text\n([\s\S]*?)```\n)?/g,
  ),
].map(([, commands = "", shown = ""]) => ({
  commands: commands.trim().split("\n"),
  shown: shown.split("\n").filter((line) => line !== ""),
}));

describe("the guide", () => {
  const dir = mkdtempSync(join(tmpdir(), "assay-guide-"));
  const env: NodeJS.ProcessEnv = {};
  let server: EmulatorServer | undefined;
  beforeAll(() => cpSync(example, join(dir, "example"), { recursive: true }));
  afterAll(async () => {
    await server?.close();
    rmSync(dir, { recursive: true });
  });

  /** Runs a line of the guide in the folder of the test; resolves to what it prints. */
  async function runLine(line: string): Promise<string> {
    const [text = "", comment = ""] = line.split(/ +# /);
    if (text.startsWith("export ")) {
      for (const [, name = "", value = ""] of text.matchAll(/(\w+)=(\S+)/g)) env[name] = value;
      return "";
    }
    const local = text
      .replaceAll("specs/example", join(dir, "example"))
      .replaceAll(/\blenient\b/g, join(dir, "lenient"));
    if (!text.startsWith("assay ")) return String(execFileSync("sh", ["-c", local]));
    const args = local.slice("assay ".length).replaceAll("'", "").split(" ");
    if (args[0] === "emulator") return startServer(args[args.indexOf("--specs") + 1] ?? "");
    const out = args[0] === "run" ? ["--out", join(dir, "out")] : [];
    const onServer = args.map((arg) => arg.replace("http://127.0.0.1:8787", server?.url ?? ""));
    const result = await command([...onServer, ...out], env);
    expect(result.code ?? 0, `${text}\n${result.out}${result.err}`).toBe(Number(/^exit (\d)/.exec(comment)?.[1] ?? 0));
    return result.out + result.err;
  }

  /** On a free port, which then stands in the target file as well. */
  async function startServer(specs: string): Promise<string> {
    server = await startEmulatorServer({ specs: loadSpecs(specs) });
    const target = join(dir, "example", "target.yaml");
    writeFileSync(target, readFileSync(target, "utf8").replace("http://127.0.0.1:8787", server.url));
    return "";
  }

  test("it has commands for each of its steps", () => {
    const commands = blocks.flatMap((b) => b.commands).map((line) => line.split(" ").slice(0, 2).join(" "));
    expect(new Set(commands)).toEqual(
      new Set([
        "assay lint",
        "assay plan",
        "assay list",
        "assay explain",
        "assay run",
        "cp -r",
        "sed 's/maxLength:",
        "assay emulator",
        "assay faults",
        expect.stringMatching(/^export NOTES_ID=/),
      ]),
    );
  });

  test.each(blocks.map((block) => [block.commands.at(-1) ?? "", block] as const))("%s", async (_, block) => {
    let printed = "";
    for (const line of block.commands) printed += await runLine(line);
    for (const line of block.shown) expect(printed.split("\n")).toContain(line);
  });
});
