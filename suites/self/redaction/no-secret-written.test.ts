/** A thousand secrets in the environment and in answers: no byte of what a run writes, and of what it says, holds one. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Credentials } from "../../../runner/model/index.ts";
import { startEmulator } from "../../vitest.ts";
import { type CliResult, startCli } from "../cli/run-cli.ts";
import { asAccount, echoInCode, type LeakingProxy, startLeakingProxy } from "./leaking-proxy.ts";
import { encodings, findSecretIn, kindsOfHeaders, kindsOfMembers, makeSecret } from "./secret-fixtures.ts";

const families: Readonly<Record<string, readonly string[]>> = {
  "tencent/organization/CreateUser": ["valid", "signature", "boundary"],
  "tencent/iai/CreatePerson": ["valid", "signature", "boundary"],
  "tencent/im/create_group": ["valid", "signature", "illegal-charset"],
  "aws/rekognition/CreateCollection": ["valid", "signature", "protocol", "wrong-type"],
};
const services = ["tencent/iai", "tencent/organization", "tencent/im", "aws/rekognition"];
const headersEach = 20;
let made = 0;
const next = <K extends Parameters<typeof makeSecret>[1]>(kinds: readonly K[]) =>
  makeSecret(made, kinds[made++ % kinds.length] as K);

/** Keys of our own: what stands in the environment has to be a secret, and the emulator's are public. */
const keys = vi.hoisted(() => new Map<string, unknown>());
vi.mock("../../../runner/emulator/test-credentials.ts", async (original) => ({
  ...(await original<object>()),
  credentialsById: (id: string) => keys.get(id),
}));

const env: Record<string, string> = {};
const variable = (name: string, value: string): string => {
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
  const own: Credentials = {
    ...(im ? { app: "1400000000" } : {}),
    id: im ? "administrator" : next(["id"]),
    key: next(["hex", "base64"]),
    ...(im ? {} : { token: next(["base64"]) }),
  };
  keys.set(own.app ?? own.id, own);
  keys.set(own.id, own);
  const credentials = Object.fromEntries(
    Object.entries(own).map(([key, value]) => [key, variable(`ASSAY_T${n}_${key.toUpperCase()}`, value)]),
  );
  const headers = Object.fromEntries(
    Array.from({ length: headersEach }, (_, i) => [
      `X-Gate-${n}-${i}`,
      { env: variable(`ASSAY_T${n}_HEADER${i}`, next(kindsOfHeaders)) },
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
const another = join(folder, "another.yaml");
const out = join(folder, "out");
const said: CliResult[] = [];
let front: LeakingProxy;
let emulator: Awaited<ReturnType<typeof startEmulator>>;
let secrets: Map<string, string>;

const assay = async (...args: string[]): Promise<CliResult> => {
  const done = await startCli(args, env).done;
  said.push(done);
  return done;
};

beforeAll(async () => {
  emulator = await startEmulator();
  const target = services.map((name, n) => [name, serviceOf(name, n)] as const);
  const inEnvironment = Object.entries(env).filter(([name]) => !/APP$|T2_ID$/.test(name));
  const inAnswers = Array.from({ length: 1000 - inEnvironment.length }, () => next(kindsOfMembers));
  secrets = new Map([...inEnvironment, ...inAnswers.map((value, n) => [`answer ${n}`, value] as const)]);
  front = await startLeakingProxy(
    emulator.url,
    inAnswers,
    inEnvironment.map(([, value]) => value),
  );
  const endpoint = { endpoint: front.url };
  const all = Object.fromEntries(target.map(([name, s]) => [name, { ...endpoint, ...s }]));
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ services: all, timeout: 20 }));
  const iai = { ...all["tencent/iai"], account: "100000000001" };
  const { provided: _, account: __, ...sts } = iai;
  writeFileSync(another, JSON.stringify({ services: { "tencent/iai": iai, "tencent/sts": sts } }));
});
afterAll(async () => {
  await front.close();
  await emulator.close();
});

test("nothing that a run leaves behind holds one", async () => {
  const select = Object.entries(families).flatMap(([action, names]) => names.map((name) => `${action}/${name}/**`));
  const run = ["run", "--target", file, "--pace", "none", "--lanes", "32", "--record", "all", "--select", ...select];
  expect((await assay(...run, "--out", out)).code).toBe(1);
  // A failure of assay itself: where a report is to be there is a folder.
  const broken = join(out, "broken");
  mkdirSync(join(broken, "junit.xml"), { recursive: true });
  const few = ["run", "--target", file, "--pace", "none", "--select", "tencent/iai/CreateGroup/valid/**"];
  expect((await assay(...few, "--out", broken)).code).toBe(4);
  const send = (id: string, format: string) =>
    assay("explain", `tencent/${id}`, "--send", "--target", file, "--format", format);
  await send("iai/CreatePerson/valid/call/minimal@v1-get-sha1", "text");
  front.always(echoInCode);
  for (const format of ["text", "json"]) await send("organization/CreateUser/valid/call/minimal@tc3-post", format);

  front.always(asAccount);
  const ours = ["--target", another, "--out", join(out, "another"), "--select", "tencent/iai/DeleteGroup/valid/**"];
  expect((await assay("run", ...ours)).out).toContain("belong to [redacted], and the target names");

  const wire = front.wire.join("\n");
  const planted = [...secrets.values()].filter((value) => encodings(value).some((text) => wire.includes(text)));
  const computed = new Set([...wire.matchAll(/(?:Signature|usersig)=([^,&\s"]{20,})/g)].map(([, v]) => plain(v ?? "")));
  const pieces = [20, 500, 1000, 1800].map((at) => image.slice(at, at + 60));
  const find = findSecretIn([
    ...[...secrets].map(beyondId),
    ...[...computed, ...pieces].map((value, n) => [`computed ${n}`, value] as const),
  ]);

  const written = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = new Map(
    written.map(({ parentPath, name }) => join(parentPath, name)).map((f) => [f, readFileSync(f, "utf8")]),
  );
  for (const [n, done] of said.entries()) texts.set(`said ${n}`, done.out + done.err);
  const leaks = [...texts].flatMap(([name, text]) => find(text).map((leak) => `${name}: ${leak}`));
  const all = [...texts.values()].join("\n");
  console.log(
    `${planted.length} secrets planted in ${front.wire.length / 3} exchanges, and ${computed.size} computed by assay: ` +
      `${leaks.length} found in ${Buffer.byteLength(all)} bytes of ${texts.size} artifacts, ${all.split("[redacted]").length - 1} gaps`,
  );
  expect(planted).toHaveLength(1000);
  expect(computed.size).toBeGreaterThan(500);
  expect(find(wire).length).toBeGreaterThan(5000);
  expect(leaks.slice(0, 20)).toEqual([]);
}, 600_000);

const plain = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** Of an id the first four characters may be shown. */
const beyondId = ([name, value]: readonly [string, string]) =>
  [name, name.endsWith("_ID") ? value.slice(4) : value] as const;
