/** `assay/vitest` in a user's test file: actions that a server does not implement, undeclared, fail the tests instead of skipping them. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { startServer } from "../hostile/server.ts";

const root = packageRoot();
const apiFile = join(root, "suites", "vitest.ts");

/** Runs a minimal test file, as a user would write it, against the server. */
async function runVitest(url: string): Promise<{ code: number; out: string }> {
  const dir = mkdtempSync(join(root, "suites", "self", "tmp-"));
  writeFileSync(
    join(dir, "user.test.ts"),
    `import { conformance } from ${JSON.stringify(apiFile)};
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

test("a server that implements no action fails", async () => {
  let requests = 0;
  const server = await startServer((request, response) => {
    request.resume();
    const body = { Response: { Error: { Code: "InvalidAction", Message: "" }, RequestId: `r-${requests++}` } };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  try {
    const { code, out } = await runVitest(server.url);
    expect(out).toContain("unimplemented");
    expect(code).toBe(1);
  } finally {
    await server.close();
  }
});
