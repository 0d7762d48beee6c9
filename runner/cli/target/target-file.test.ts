/** What a target file can say, and what becomes of it. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { readTarget } from "./target-file.ts";

const specs = loadSpecs(builtInSpecs());
const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
const environment = { ID: "AKIDexample", KEY: "secret", TOKEN: "t0ken", APP: "1400000000", STAGING: "pass" };

function read(text: string, env: NodeJS.ProcessEnv = environment) {
  const folder = mkdtempSync(join(tmpdir(), "assay-"));
  writeFileSync(join(folder, "face.jpg"), "photo");
  writeFileSync(join(folder, "ca.pem"), pem);
  writeFileSync(join(folder, "mine.yaml"), text);
  return readTarget(join(folder, "mine.yaml"), env, specs);
}

const iai = (more: string) => `
services:
  tencent/iai:
    endpoint: https://gateway.example:8443/cloud/
    credentials: { id: ID, key: KEY }
${more}`;
const service = (text: string) => read(text).services.get("tencent/iai");

test("all that a target can say", () => {
  const target = read(`${iai(`    credentials: { id: ID, key: KEY, token: TOKEN }
    host: iai.tencentcloudapi.com
    region: ap-guangzhou
    provided: { face-image: { file: face.jpg }, group: theirs }
    rateLimit: 12.5/s
    headers: { X-Lane: blue, X-Pass: { env: STAGING } }
    tls: { ca: ca.pem }
`).replace("    credentials: { id: ID, key: KEY }\n", "")}timeout: { connect: 2, body: 30 }
maxResponseBytes: 65536
maxMutations: 7
name: staging
`);
  expect(target).toMatchObject({ name: "staging", maxMutations: 7, maxResponseBytes: 65536 });
  expect(target.timeouts).toEqual({ connect: 2000, headers: 10_000, body: 30_000, total: 42_000 });
  expect(target.services.get("tencent/iai")).toEqual({
    endpoint: "https://gateway.example:8443/cloud",
    host: "iai.tencentcloudapi.com",
    region: "ap-guangzhou",
    credentials: { id: "AKIDexample", key: "secret", token: "t0ken" },
    provided: { "face-image": Buffer.from("photo").toString("base64"), group: "theirs" },
    rateLimit: 12.5,
    headers: [
      { name: "X-Lane", value: "blue", secret: false },
      { name: "X-Pass", value: "pass", secret: true },
    ],
    tls: { ca: pem, insecure: false },
    unsupported: { actions: {}, bindings: {}, requirements: {} },
  });
});

test("the least that it can say", () => {
  const target = read(iai(""));
  expect(target.name).toBe("mine");
  expect(target.timeouts.total).toBe(10_000);
  expect(target.services.get("tencent/iai")).toMatchObject({ host: "gateway.example:8443", headers: [], provided: {} });
});

describe("pace", () => {
  test("is the documented one, but on loopback", () => {
    expect(service(iai(""))?.rateLimit).toBe("documented");
    expect(service(iai("").replace("https://gateway.example:8443", "http://127.0.0.1:1"))?.rateLimit).toBe("none");
    expect(service(iai("    rateLimit: none\n"))?.rateLimit).toBe("none");
  });
});

describe("account", () => {
  const sts = "  tencent/sts: { endpoint: https://sts.example, credentials: { id: ID, key: KEY } }\n";

  test("of the file counts for every service, its own for one", () => {
    const { services } = read(`${iai("")}${sts}account: 100000000001\n`);
    expect(services.get("tencent/iai")?.account).toBe("100000000001");
    expect(service(`${iai("    account: '1'\n")}${sts}account: '2'\n`)?.account).toBe("1");
  });

  test.each([
    ["somebody has to be asked", `${iai("")}account: '1'\n`, /mine\.yaml:6:10: .*tencent\/sts\/GetCallerIdentity/],
    [
      "a collection has to be given",
      "services: { aws: { endpoint: https://a.example, region: r, account: '1', credentials: { id: ID, key: KEY } } }\n",
      /mine\.yaml:1:\d+: .*provided\.collection/,
    ],
  ])("%s", (_, text, says) => {
    expect(() => read(text)).toThrow(says);
  });
});

describe("refused, with the place", () => {
  test.each([
    [
      "a variable that is not set",
      iai("    headers: { X-Pass: { env: NOWHERE } }\n"),
      /mine\.yaml:6:\d+: .*NOWHERE is not set/,
    ],
    [
      "a file that is not there",
      iai("    provided: { face-image: { file: none.jpg } }\n"),
      /mine\.yaml:6:\d+: .*none\.jpg/,
    ],
    ["no certificate", iai("    tls: { ca: face.jpg }\n"), /mine\.yaml:6:\d+: .*no certificate/],
    ["a header of assay's own", iai("    headers: { Host: x }\n"), /mine\.yaml:6:\d+: Host is assay's own/],
    [
      "a service that is nowhere",
      iai("").replace("tencent/iai", "tencent/iia"),
      /mine\.yaml:3:3: .*did you mean tencent\/iai/,
    ],
    ["a need that nothing has", iai("    provided: { face-imag: x }\n"), /mine\.yaml:6:\d+: .*did you mean face-image/],
    [
      "an action that is nowhere",
      iai("    unsupported: { actions: { CopyPersn: why } }\n"),
      /mine\.yaml:6:\d+: .*did you mean CopyPerson/,
    ],
    [
      "one origin believed in two ways",
      `${iai("    tls: { insecure: true }\n")}  tencent/sts: { endpoint: https://gateway.example:8443, credentials: { id: ID, key: KEY } }\n`,
      /mine\.yaml:7:\d+: .*different tls/,
    ],
  ])("%s", (_, text, says) => {
    expect(() => read(text)).toThrow(says);
  });
});
