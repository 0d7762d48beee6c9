/** A server that somebody else could have written from the pages, without the code of the emulator, has no failed case. */
import { describe, expect, test } from "vitest";
import { globsWithFewCharsets } from "../detection/selections.ts";
import { sourceFiles } from "../structure/source-files.ts";
import { type IndependentRunResult, runAgainst, startIndependentServer } from "./run-against.ts";
import { serveOverHttp } from "./server.ts";

/** Files of the server itself; the others start it, break it and run cases against it. */
const serverFiles = [
  "aws-rekognition",
  "call",
  "gateways",
  "hooks",
  "input",
  "requests",
  "server",
  "server-state",
  "signatures",
  "tencent-iai",
  "tencent-im",
  "tencent-organization",
];

function expectGreen({ verdicts, remainingResources, leftovers, runProblems, lost }: IndependentRunResult): void {
  expect(
    verdicts.filter(({ status }) => status !== "passed" && status !== "observed").map(({ id, status }) => [id, status]),
  ).toEqual([]);
  expect([runProblems, lost]).toEqual([[], []]);
  expect([remainingResources, leftovers]).toEqual([0, 0]);
}

describe("the independent server", () => {
  test("imports of runner only its model", () => {
    const folder = "suites/self/independent";
    const own = sourceFiles().filter(({ path }) => serverFiles.some((name) => path === `${folder}/${name}.ts`));
    expect(own.map(({ path }) => path.slice(folder.length + 1, -3)).sort()).toEqual(serverFiles);
    const imports = own.flatMap((file) => file.imports).filter((path) => !path.startsWith(`${folder}/`));
    expect([...new Set(imports)]).toEqual(["runner/model/index.ts"]);
    expect(own.flatMap(({ packages }) => packages).filter((name) => !name.startsWith("node:"))).toEqual([]);
  });

  test("passes all cases of seed 1", async () => {
    const result = await runAgainst(startIndependentServer(), { select: [] });
    expect(result.verdicts.length).toBeGreaterThan(9000);
    expectGreen(result);
  });

  // Cases with all seeds take a minute of CPU time; each of these seeds has values of its own for another service.
  test.each([
    [2, "tencent/iai/*"],
    [3, "aws/rekognition/*"],
    [4, "tencent/im/*"],
    [5, "tencent/organization/*"],
  ])("passes the cases of seed %i that differ by seed, %s", async (seed, actions) => {
    const select = globsWithFewCharsets(actions).filter((glob) =>
      /\/(valid|boundary|fuzz|illegal-charset|enum|precedence)\//.test(glob),
    );
    expectGreen(await runAgainst(startIndependentServer(), { select, seed }));
  });

  test("passes over sockets", async () => {
    const server = startIndependentServer();
    const { url, close } = await serveOverHttp(server);
    const select = [
      "tencent/iai/GetGroupList/**",
      "tencent/im/delete_group_member/**",
      "aws/rekognition/DeleteUser/**",
    ];
    try {
      expectGreen(await runAgainst(server, { select, endpoint: url }));
    } finally {
      await close();
    }
  });
});
