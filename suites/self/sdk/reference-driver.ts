/**
 * A driver with a client of its own, which signs with the protocols of assay. Faithful without faults; each fault is a
 * mistake that an SDK, or a driver, can make. `node --import tsx reference-driver.ts FAULT…` runs it as a process.
 */
import { Agent, request } from "node:http";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { decodeResponse } from "../../../runner/http/decode.ts";
import type { Action, CallMembers, HttpResponse, Json } from "../../../runner/model/index.ts";
import { protocolOf } from "../../../runner/protocols/index.ts";
import type { DriverEnvironment } from "../../../runner/sdk/driver/driver-process.ts";
import { fromLossless, toLossless } from "../../../runner/sdk/driver/lossless.ts";
import type { DriverCall } from "../../../runner/sdk/driver/messages.ts";
import { tokenParameter } from "../../../runner/sdk/idempotency-token.ts";
import { loadSpecs } from "../../../runner/spec/load.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";

export type SdkFault =
  | "drops-empty-text"
  | "drops-members-on-get"
  | "plus-as-space"
  | "sends-twice"
  | "sends-old-version"
  | "signs-other-host"
  | "adds-member"
  | "swallows-errors"
  | "loses-code"
  | "loses-request-id"
  | "rounds-integers"
  | "charset-hides-errors"
  | "reads-cut-bodies"
  | "reads-html"
  | "ignores-timeout"
  | "never-settles"
  | "retries-creates"
  | "omits-token"
  | "repeats-token"
  | "renews-token"
  | "replaces-token";

export type DriverFault =
  | "other-id"
  | "answers-twice"
  | "no-json"
  | "hangs"
  | "dies"
  | "floods"
  | "stray-lines"
  | "no-sdk";

type Faults = ReadonlySet<SdkFault | DriverFault>;
type Environment = DriverEnvironment;

/** Serves calls until the input ends. */
export async function serveCalls(
  actions: ReadonlyMap<string, Action>,
  environment: Environment,
  faults: Faults,
  input: Readable,
  output: Writable,
): Promise<void> {
  const write = (message: object) => output.write(`${JSON.stringify(message)}\n`);
  for await (const line of createInterface({ input })) {
    const { id, hello, ...call } = JSON.parse(line) as { id: number; hello?: number } & DriverCall;
    if (hello !== undefined) {
      const sdk = faults.has("no-sdk") ? {} : { sdk: "reference", version: "1.0" };
      write({
        id,
        ...sdk,
        actions: [...actions.keys()],
        bindings: bindingsOf(actions),
        can: ["timeout"],
        lossless: true,
      });
      continue;
    }
    // A mistake of the driver shows only behind the self-test, whose members have this token.
    const isBroken = !JSON.stringify(call.members).includes("selftest") || faults.has("answers-twice");
    if (isBroken && faults.has("stray-lines")) output.write("Debug: sending\n");
    if (isBroken && faults.has("no-json")) output.write("{oops\n");
    if (isBroken && faults.has("floods")) for (let i = 0; i < 20; i++) output.write("x".repeat(1024 * 1024));
    if (isBroken && faults.has("dies")) process.exit(7);
    if (isBroken && faults.has("hangs")) continue;
    const answer = await answerOf(actions, environment, faults, call);
    if (answer === undefined) continue;
    write({ id: isBroken && faults.has("other-id") ? id + 1 : id, ...answer });
    if (isBroken && faults.has("answers-twice")) write({ id, ...answer });
  }
}

const bindingsOf = (actions: ReadonlyMap<string, Action>): string[] => [
  ...new Set([...actions.values()].flatMap(({ service }) => service.bindings)),
];

async function answerOf(
  actions: ReadonlyMap<string, Action>,
  environment: Environment,
  faults: Faults,
  call: DriverCall,
): Promise<object | undefined> {
  const action = actions.get(call.call);
  if (!action) return { unsupported: `no client for ${call.call}` };
  const dropsAll = faults.has("drops-members-on-get") && call.binding.includes("-get");
  const members = dropsAll ? {} : brokenMembers(fromLossless(call.members) as CallMembers, faults);
  const sent = { ...call, members: withToken(action, members, faults) };
  let received = await send(action, environment, faults, sent);
  if (faults.has("sends-twice")) received = await send(action, environment, faults, sent);
  if (faults.has("retries-creates") && call.retries === undefined && "failure" in received)
    received = await send(action, environment, faults, sent);
  if (call.retries === undefined && "status" in received && received.status === 503) {
    const members = faults.has("renews-token") ? withToken(action, call.members, faults) : sent.members;
    received = await send(action, environment, faults, { ...sent, members });
  }
  if ("failure" in received) {
    if (faults.has("never-settles") && received.failure !== "timeout") return undefined;
    if (faults.has("reads-cut-bodies") && received.failure === "aborted") return { ok: {} };
    return { error: { kind: "network", code: "", message: received.failure } };
  }
  const outcome = decodeResponse(received, action.service.envelope);
  if (outcome.kind === "unreadable") {
    const isHtml = received.headers.some(([, value]) => value === "text/html");
    return faults.has("reads-html") && isHtml
      ? { ok: {} }
      : { error: { kind: "network", code: "", message: outcome.reason } };
  }
  const requestId = faults.has("loses-request-id") ? undefined : outcome.requestId;
  if (outcome.kind === "success")
    return {
      ok: toLossless(faults.has("rounds-integers") ? rounded(outcome.output ?? {}) : (outcome.output ?? {})),
      requestId,
    };
  const hasCharset = received.headers.some(([name, value]) => name === "content-type" && value.includes("charset"));
  if (faults.has("swallows-errors") || (faults.has("charset-hides-errors") && hasCharset)) return { ok: {}, requestId };
  const code = faults.has("loses-code") ? "ServiceError" : outcome.code;
  return { error: { kind: "api", code, message: "refused", requestId } };
}

function brokenMembers(members: CallMembers, faults: Faults): CallMembers {
  const entries = Object.entries(members)
    .filter(([, value]) => !(faults.has("drops-empty-text") && value === ""))
    .map(([name, value]): [string, Json] => [
      name,
      faults.has("plus-as-space") && typeof value === "string" ? value.replaceAll("+", " ") : value,
    ]);
  return Object.fromEntries(faults.has("adds-member") ? [...entries, ["Undeclared", "x"]] : entries);
}

let tokens = 0;

/** With a new idempotency token where the action has one and the caller gave none. */
function withToken(action: Action, members: CallMembers, faults: Faults): CallMembers {
  const { name = "" } = tokenParameter(action) ?? {};
  if (name === "" || faults.has("omits-token") || (name in members && !faults.has("replaces-token"))) return members;
  return { ...members, [name]: `token-${faults.has("repeats-token") ? 0 : ++tokens}` };
}

/** As a float of 24 bits. */
function rounded(value: Json): Json {
  if (typeof value === "number") return Math.fround(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, rounded(member)]));
}

/** One connection for each call, so that no call meets a connection that the server has closed. */
const agent = new Agent({ keepAlive: false });

function send(
  planned: Action,
  environment: Environment,
  faults: Faults,
  { members, binding, timeout }: DriverCall,
): Promise<HttpResponse | { readonly failure: string }> {
  const { ASSAY_ENDPOINT: endpoint, ASSAY_APP: app, ASSAY_ID: id, ASSAY_KEY: key } = environment;
  const { host, hostname, port } = new URL(endpoint);
  const service = faults.has("sends-old-version") ? { ...planned.service, version: "2017-01-01" } : planned.service;
  const action = { ...planned, service };
  const protocol = protocolOf(binding);
  const region = service.provider === "aws" ? { region: "us-east-1" } : {};
  const signing = { credentials: { app, id, key }, host, now: Date.now(), nonce: () => 7, ...region };
  const call = { action, binding, members };
  const signed = protocol.sign(protocol.encode(call, signing), call, signing);
  const headers = faults.has("signs-other-host")
    ? signed.headers.map(([name, value]): [string, string] => [name, name === "Host" ? "localhost:1" : value])
    : signed.headers;
  return new Promise((resolve) => {
    const outgoing = request(
      { agent, hostname, port, method: signed.method, path: signed.path, headers: headers.flat() as never },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", () => resolve({ failure: "aborted" }));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    outgoing.on("error", (error) => resolve({ failure: error.message }));
    if (!faults.has("ignores-timeout"))
      setTimeout(() => {
        resolve({ failure: "timeout" });
        outgoing.destroy();
      }, timeout * 1000).unref();
    outgoing.end(signed.body);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { actions } = loadSpecs(builtInSpecs());
  const faults = new Set(process.argv.slice(2)) as unknown as Faults;
  void serveCalls(actions, process.env as unknown as Environment, faults, process.stdin, process.stdout);
}
