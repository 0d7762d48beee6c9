/** The registry and the folders contain the same protocols, and each folder has the required files. */
import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { protocolOf, protocols } from "./index.ts";

const folders = readdirSync(new URL(".", import.meta.url), { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && entry.name !== "shared" && entry.name !== "testing",
);

test("each protocol has a folder, and each folder a protocol", () => {
  expect(protocols.map((protocol) => protocol.id).sort()).toEqual(folders.map((folder) => folder.name).sort());
});

test.each(protocols.map((protocol) => protocol.id))("%s has test vectors and a test", (id) => {
  for (const file of ["protocol.ts", "vectors.yaml", `${id}.test.ts`]) {
    expect(existsSync(new URL(`${id}/${file}`, import.meta.url)), file).toBe(true);
  }
});

test("each binding belongs to one protocol", () => {
  const bindings = protocols.flatMap((protocol) => protocol.bindings);
  expect(bindings.toSorted()).toEqual([
    "awsjson11",
    "tc3-get",
    "tc3-post",
    "tim-post",
    "v1-get-sha1",
    "v1-get-sha256",
    "v1-post-sha1",
    "v1-post-sha256",
  ]);
  for (const protocol of protocols) for (const binding of protocol.bindings) expect(protocolOf(binding)).toBe(protocol);
});

test("an unknown binding is refused, and the error names the known ones", () => {
  expect(() => protocolOf("tc3-put")).toThrow(/"tc3-put".*tc3-post/);
});
