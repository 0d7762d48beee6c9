/** A thousand secrets in the environment and in responses: no file and no output of a run contains one. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Credentials } from "../../../runner/model/index.ts";
import { startEmulator } from "../../vitest.ts";
import { type CliResult, startCli } from "../cli/run-cli.ts";
import { asAccount, echoInCode, type LeakingProxy, startLeakingProxy } from "./leaking-proxy.ts";
import { createSecretFinder, encodings, headerSecretKinds, makeSecret, memberSecretKinds } from "./secret-fixtures.ts";

const families: Readonly<Record<string, readonly string[]>> = {
  "tencent/organization/CreateUser": ["valid", "signature", "boundary"],
  "tencent/iai/CreatePerson": ["valid", "signature", "boundary"],
  "tencent/im/create_group": ["valid", "signature", "illegal-charset"],
  "aws/rekognition/CreateCollection": ["valid", "signature", "protocol", "wrong-type"],
};
const services = ["tencent/iai", "tencent/organization", "tencent/im", "aws/rekognition"];
const HEADERS_PER_SERVICE = 20;
let secretCount = 0;
const nextSecret = <K extends Parameters<typeof makeSecret>[1]>(kinds: readonly K[]) =>
  makeSecret(secretCount, kinds[secretCount++ % kinds.length] as K);

/** The emulator's keys are public, so the test replaces them by secret ones. */
const keys = vi.hoisted(() => new Map<string, unknown>());
vi.mock("../../../runner/emulator/test-credentials.ts", async (original) => ({
  ...(await original<object>()),
  credentialsById: (id: string) => keys.get(id),
}));

const env: Record<string, string> = {};
const setVariable = (name: string, value: string): string => {
  env[name] = value;
  return name;
};
const image = `iVBORw0KGgoA${Array.from({ length: 60 }, (_, n) => makeSecret(n + 5000, "base64").slice(2, 34)).join("")}`;
const provided: Readonly<Record<string, object>> = {
  "tencent/iai": { "face-image": image },
  "tencent/organization": { zone: "z-emulator0001" },
};

function serviceOf(name: string, n: number) {
  const im = name === "tencent/im";
  const serviceKeys: Credentials = {
    ...(im ? { app: "1400000000" } : {}),
    id: im ? "administrator" : nextSecret(["id"]),
    key: nextSecret(["hex", "base64"]),
    ...(im ? {} : { token: nextSecret(["base64"]) }),
  };
  keys.set(serviceKeys.app ?? serviceKeys.id, serviceKeys);
  keys.set(serviceKeys.id, serviceKeys);
  const credentials = Object.fromEntries(
    Object.entries(serviceKeys).map(([key, value]) => [key, setVariable(`ASSAY_T${n}_${key.toUpperCase()}`, value)]),
  );
  const headers = Object.fromEntries(
    Array.from({ length: HEADERS_PER_SERVICE }, (_, i) => [
      `X-Gate-${n}-${i}`,
      { env: setVariable(`ASSAY_T${n}_HEADER${i}`, nextSecret(headerSecretKinds)) },
    ]),
  );
  return {
    credentials,
    headers,
    provided: provided[name] ?? {},
    ...(name.startsWith("aws") ? { region: "us-east-1" } : {}),
  };
}

const folder = mkdtempSync(join(tmpdir(), "assay-"));
const file = join(folder, "target.yaml");
const otherTarget = join(folder, "another.yaml");
const out = join(folder, "out");
const results: CliResult[] = [];
let proxy: LeakingProxy;
let emulator: Awaited<ReturnType<typeof startEmulator>>;
let secrets: Map<string, string>;

const assay = async (...args: string[]): Promise<CliResult> => {
  const result = await startCli(args, env).done;
  results.push(result);
  return result;
};

beforeAll(async () => {
  emulator = await startEmulator();
  const target = services.map((name, n) => [name, serviceOf(name, n)] as const);
  const inEnvironment = Object.entries(env).filter(([name]) => !/APP$|T2_ID$/.test(name));
  const inResponses = Array.from({ length: 1000 - inEnvironment.length }, () => nextSecret(memberSecretKinds));
  secrets = new Map([...inEnvironment, ...inResponses.map((value, n) => [`response ${n}`, value] as const)]);
  proxy = await startLeakingProxy(
    emulator.url,
    inResponses,
    inEnvironment.map(([, value]) => value),
  );
  const endpoint = { endpoint: proxy.url };
  const all = Object.fromEntries(target.map(([name, s]) => [name, { ...endpoint, ...s }]));
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ services: all, timeout: 20 }));
  const iai = { ...all["tencent/iai"], account: "100000000001" };
  const { provided: _, account: __, ...sts } = iai;
  writeFileSync(otherTarget, JSON.stringify({ services: { "tencent/iai": iai, "tencent/sts": sts } }));
});
afterAll(async () => {
  await proxy.close();
  await emulator.close();
});

test("no file and no output of a run contains a secret", async () => {
  const select = Object.entries(families).flatMap(([action, names]) => names.map((name) => `${action}/${name}/**`));
  const run = ["run", "--target", file, "--pace", "none", "--lanes", "32", "--record", "all", "--select", ...select];
  expect((await assay(...run, "--out", out)).code).toBe(1);
  // An error of assay itself: a folder at the path of a report.
  const broken = join(out, "broken");
  mkdirSync(join(broken, "junit.xml"), { recursive: true });
  const fewCases = ["run", "--target", file, "--pace", "none", "--select", "tencent/iai/CreateGroup/valid/**"];
  expect((await assay(...fewCases, "--out", broken)).code).toBe(4);
  const send = (id: string, format: string) =>
    assay("explain", `tencent/${id}`, "--send", "--all-calls", "--target", file, "--format", format);
  await send("iai/CreatePerson/valid/call/minimal@v1-get-sha1", "text");
  proxy.useOnly(echoInCode);
  for (const format of ["text", "json"]) await send("organization/CreateUser/valid/call/minimal@tc3-post", format);

  proxy.useOnly(asAccount);
  const accountArgs = [
    "--target",
    otherTarget,
    "--out",
    join(out, "another"),
    "--select",
    "tencent/iai/DeleteGroup/valid/**",
  ];
  expect((await assay("run", ...accountArgs)).out).toContain(
    "belong to account [redacted], but the target names account",
  );

  const traffic = proxy.traffic.join("\n");
  const sentSecrets = [...secrets.values()].filter((value) => encodings(value).some((text) => traffic.includes(text)));
  const computed = new Set(
    [...traffic.matchAll(/(?:Signature|usersig)=([^,&\s"]{20,})/g)].map(([, v]) => decodePercent(v ?? "")),
  );
  const imagePieces = [20, 500, 1000, 1800].map((offset) => image.slice(offset, offset + 60));
  const findLeaks = createSecretFinder([
    ...[...secrets].map(searchedSecret),
    ...[...computed, ...imagePieces].map((value, n) => [`computed ${n}`, value] as const),
  ]);

  const entries = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = new Map(
    entries.map(({ parentPath, name }) => join(parentPath, name)).map((f) => [f, readFileSync(f, "utf8")]),
  );
  for (const [n, result] of results.entries()) texts.set(`output ${n}`, result.out + result.err);
  const leaks = [...texts].flatMap(([name, text]) => findLeaks(text).map((leak) => `${name}: ${leak}`));
  const all = [...texts.values()].join("\n");
  console.log(
    `${sentSecrets.length} secrets planted in ${proxy.traffic.length / 3} exchanges, and ${computed.size} computed by assay: ` +
      `${leaks.length} found in ${Buffer.byteLength(all)} bytes of ${texts.size} artifacts, ${all.split("[redacted]").length - 1} redactions`,
  );
  expect(sentSecrets).toHaveLength(1000);
  expect(computed.size).toBeGreaterThan(500);
  expect(findLeaks(traffic).length).toBeGreaterThan(5000);
  expect(leaks.slice(0, 20)).toEqual([]);
}, 600_000);

const decodePercent = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** The first four characters of an id may be shown, so only the rest is searched. */
const searchedSecret = ([name, value]: readonly [string, string]) =>
  [name, name.endsWith("_ID") ? value.slice(4) : value] as const;
