/** Runs the command line in this process, which is faster than a new one. */
import { vi } from "vitest";
import { runCli } from "../../../runner/cli/program.ts";

/** `env` is added to the environment. Resolves to the exit code and the captured output. */
export async function command(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const output = { out: "", err: "" };
  for (const [name, value] of Object.entries({ GITHUB_ACTIONS: "", ...env })) vi.stubEnv(name, value);
  const spies = (["out", "err"] as const).map((stream) =>
    vi.spyOn(process[`std${stream}`], "write").mockImplementation((text) => {
      output[stream] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  try {
    const code = (await runCli(args)) ?? process.exitCode;
    return { code, ...output, lines: output.out.split("\n") };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}
