/** The engine in somebody's own vitest: what a target lacks without having said so is red, and not merely skipped. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { startServer } from "../hostile/server.ts";

const root = packageRoot();
const harness = join(root, "suites", "vitest.ts");

/** Runs a test file of one line, as a user would write it. */
async function vitest(url: string): Promise<{ code: number; out: string }> {
  const dir = mkdtempSync(join(root, "suites", "self", "tmp-"));
  writeFileSync(
    join(dir, "user.test.ts"),
    `import { conformance } from ${JSON.stringify(harness)};
conformance("tencent/iai/GetGroupList/valid/**", { endpoint: ${JSON.stringify(url)} });\n`,
  );
  const args = [join(root, "node_modules", "vitest", "vitest.mjs"), "run", dir, "--reporter", "verbose"];
  try {
    return await new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: root }, (error, out) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, out }),
      );
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test("a server that lacks every action fails", async () => {
  let n = 0;
  const server = await startServer((request, response) => {
    request.resume();
    const body = { Response: { Error: { Code: "InvalidAction", Message: "" }, RequestId: `r-${n++}` } };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  try {
    const { code, out } = await vitest(server.url);
    expect(out).toContain("unimplemented");
    expect(code).toBe(1);
  } finally {
    await server.close();
  }
});
