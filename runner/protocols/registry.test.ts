/** The registry and the folders name the same protocols, and each brings what a protocol brings. */
import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { protocolOf, protocols } from "./index.ts";

const folders = readdirSync(new URL(".", import.meta.url), { withFileTypes: true }).filter(
  (one) => one.isDirectory() && one.name !== "shared" && one.name !== "testing",
);

test("a folder for each protocol, a protocol for each folder", () => {
  expect(protocols.map((one) => one.id).sort()).toEqual(folders.map((one) => one.name).sort());
});

test.each(protocols.map((one) => one.id))("%s has vectors and a test beside its code", (id) => {
  for (const file of ["protocol.ts", "vectors.yaml", `${id}.test.ts`]) {
    expect(existsSync(new URL(`${id}/${file}`, import.meta.url)), file).toBe(true);
  }
});

test("the design's bindings, each spoken by one protocol", () => {
  const bindings = protocols.flatMap((one) => one.bindings);
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
  for (const one of protocols) for (const binding of one.bindings) expect(protocolOf(binding)).toBe(one);
});

test("a binding that none speaks is refused by name", () => {
  expect(() => protocolOf("tc3-put")).toThrow(/"tc3-put".*tc3-post/);
});
