/** Target files: all keys, the defaults, and problems with their location. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { readTarget } from "./target-file.ts";

const specs = loadSpecs(builtInSpecs());
const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
const environment = {
  ID: `AKID${"a1".repeat(16)}`,
  KEY: "secret",
  TOKEN: "t0ken",
  APP: "1400000000",
  STAGING: "Basic pass",
};

function read(text: string, env: NodeJS.ProcessEnv = environment) {
  const folder = mkdtempSync(join(tmpdir(), "assay-"));
  writeFileSync(join(folder, "face.jpg"), "photo");
  writeFileSync(join(folder, "ca.pem"), pem);
  writeFileSync(join(folder, "mine.yaml"), text);
  return readTarget(join(folder, "mine.yaml"), env, specs);
}

const iaiTarget = (more: string) => `
services:
  tencent/iai:
    endpoint: https://gateway.example:8443/cloud/
    credentials: { id: ID, key: KEY }
${more}`;
const service = (text: string) => read(text).services.get("tencent/iai");

test("a target file with all keys", () => {
  const target = read(`${iaiTarget(`    credentials: { id: ID, key: KEY, token: TOKEN }
    host: iai.tencentcloudapi.com
    region: ap-guangzhou
    provided: { face-image: { file: face.jpg }, group: existing-group }
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
    credentials: { id: environment.ID, key: "secret", token: "t0ken" },
    provided: { "face-image": Buffer.from("photo").toString("base64"), group: "existing-group" },
    rateLimit: 12.5,
    headers: [
      { name: "X-Lane", value: "blue", secret: false },
      { name: "X-Pass", value: "Basic pass", secret: true },
    ],
    tls: { ca: pem, insecure: false },
    unsupported: { actions: {}, bindings: {}, requirements: {} },
  });
});

test("a target file with the required keys only", () => {
  const target = read(iaiTarget(""));
  expect(target.name).toBe("mine");
  expect(target.timeouts.total).toBe(10_000);
  expect(target.services.get("tencent/iai")).toMatchObject({ host: "gateway.example:8443", headers: [], provided: {} });
});

test("a word or a date without quotes is the text that is written, 2.0 a number", () => {
  const more = "    region: no\n    headers: { X-Day: 2001-01-01, X-Flag: on, X-Time: 12:30:45 }\n";
  const { region, headers } = service(iaiTarget(more)) ?? {};
  expect(read(`${iaiTarget("")}timeout: 2.0\n`).timeouts.total).toBe(2000);
  expect([region, headers?.map(({ value }) => value)]).toEqual(["no", ["2001-01-01", "on", "12:30:45"]]);
});

describe("rate limit", () => {
  test("defaults to the documented one, and to none on loopback", () => {
    expect(service(iaiTarget(""))?.rateLimit).toBe("documented");
    expect(service(iaiTarget("").replace("https://gateway.example:8443", "http://127.0.0.1:1"))?.rateLimit).toBe(
      "none",
    );
    expect(service(iaiTarget("    rateLimit: none\n"))?.rateLimit).toBe("none");
  });
});

describe("account", () => {
  const sts = "  tencent/sts: { endpoint: https://sts.example, credentials: { id: ID, key: KEY } }\n";

  test("an account of the file applies to all services, that of a service overrides it", () => {
    const { services } = read(`${iaiTarget("")}${sts}account: 100000000001\n`);
    expect(services.get("tencent/iai")?.account).toBe("100000000001");
    expect(service(`${iaiTarget("    account: '1'\n")}${sts}account: '2'\n`)?.account).toBe("1");
  });

  test.each([
    [
      "a service must be declared that returns the account",
      `${iaiTarget("")}account: '1'\n`,
      /mine\.yaml:6:10: .*tencent\/sts\/GetCallerIdentity/,
    ],
    [
      "a collection must be provided",
      "services: { aws: { endpoint: https://a.example, region: r, account: '1', credentials: { id: ID, key: KEY } } }\n",
      /mine\.yaml:1:\d+: .*provided\.collection/,
    ],
  ])("%s", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

describe("rejected with the location", () => {
  test.each<[string, string, RegExp, NodeJS.ProcessEnv?]>([
    [
      "a variable that is not set",
      iaiTarget("    headers: { X-Pass: { env: NOWHERE } }\n"),
      /mine\.yaml:6:\d+: .*NOWHERE is not set/,
    ],
    ...["secret\n", " secret", "sec\tret"].map((KEY): [string, string, RegExp, NodeJS.ProcessEnv] => [
      `a variable with the value ${JSON.stringify(KEY)}`,
      iaiTarget(""),
      /mine\.yaml:5:\d+: .*credentials\.key: the environment variable KEY has a line break, /,
      { ...environment, KEY },
    ]),
    [
      "a key of a mapping without quotes",
      iaiTarget("    headers: { 0100: x }\n"),
      /mine\.yaml:6:16: the key 0100 would/,
    ],
    ...["pass ", "pass\n", "\u200bpass"].map((STAGING): [string, string, RegExp, NodeJS.ProcessEnv] => [
      `a header with the value ${JSON.stringify(STAGING)}`,
      iaiTarget("    headers: { X-Pass: { env: STAGING } }\n"),
      /mine\.yaml:6:\d+: .*headers\.X-Pass\.env: the environment variable STAGING has a line break, /,
      { ...environment, STAGING },
    ]),
    ...["0100000000001", "012345678901", "1e11", "0x10", "0o17", "+100000000000", ".5", "1.10"].map(
      (account): [string, string, RegExp] => {
        const written = account.replace(/[+.]/g, "\\$&");
        return [
          `the account ${account} without quotes`,
          `${iaiTarget("")}account: ${account}\n`,
          new RegExp(
            `mine\\.yaml:6:10: ${written} without quotes is the number \\S+; write '${written}' for the text, `,
          ),
        ];
      },
    ),
    ...[
      "",
      " ",
      "\ufeffsecret",
      "sec\u200bret",
      '"secret"',
      "sec ret",
      `AKID${"a1".repeat(16)}`,
      "AKIAIOSFODNN7EXAMPLE",
    ].map((KEY): [string, string, RegExp, NodeJS.ProcessEnv] => [
      `a key with the value ${JSON.stringify(KEY)}`,
      iaiTarget(""),
      /mine\.yaml:5:\d+: .*credentials\.key: the environment variable KEY (?:is not set|has [^;]+); set it to the key/,
      { ...environment, KEY },
    ]),
    [
      "a file that does not exist",
      iaiTarget("    provided: { face-image: { file: none.jpg } }\n"),
      /mine\.yaml:6:\d+: .*none\.jpg/,
    ],
    ["a file without a certificate", iaiTarget("    tls: { ca: face.jpg }\n"), /mine\.yaml:6:\d+: .*no certificate/],
    [
      "a header that assay sets itself",
      iaiTarget("    headers: { Host: x }\n"),
      /mine\.yaml:6:\d+: services\.tencent\/iai\.headers\.Host: assay sends this header itself/,
    ],
    [
      "an unknown service",
      iaiTarget("").replace("tencent/iai", "tencent/iia"),
      /mine\.yaml:3:3: .*did you mean tencent\/iai/,
    ],
    [
      "an unknown requirement",
      iaiTarget("    provided: { face-imag: x }\n"),
      /mine\.yaml:6:\d+: .*did you mean face-image/,
    ],
    [
      "an unknown action",
      iaiTarget("    unsupported: { actions: { CopyPersn: why } }\n"),
      /mine\.yaml:6:\d+: .*did you mean CopyPerson/,
    ],
    [
      "one origin with different TLS settings",
      `${iaiTarget("    tls: { insecure: true }\n")}  tencent/sts: { endpoint: https://gateway.example:8443, credentials: { id: ID, key: KEY } }\n`,
      /mine\.yaml:7:\d+: .*different `tls`/,
    ],
  ])("%s", (_, text, message, env) => {
    expect(() => read(text, env)).toThrow(message);
  });
});
