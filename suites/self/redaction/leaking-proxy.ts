/** A proxy that inserts secrets into responses: planted ones, and those that the request contains. */
import { request as forward, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { startServer, type TestServer } from "../hostile/server.ts";
import { asHtml, encodings } from "./secret-fixtures.ts";

export interface LeakingProxy extends TestServer {
  /** Request, response headers and response body of each exchange, unredacted. */
  readonly traffic: string[];
  /** Inserts only this kind of leak from now on. */
  useOnly(leak: Leak): void;
}

interface MutableResponse {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string;
}

interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["rawHeaders"];
  readonly body: string;
}

interface SecretSource {
  /** A secret that the run does not know. */
  next(): string;
  /** A secret from the environment of the run. */
  nextKnown(): string;
}

type Leak = (response: MutableResponse, request: ReceivedRequest, source: SecretSource) => void;

const secretNames = [
  ...["Password", "password", "PASSWORD", "SecretKey", "SecretAccessKey", "Token", "SessionToken", "TmpSecretKey"],
  ...["UserSig", "Signature", "secret_key", "access-token", "NewPassword", "x-amz-security-token", "private_key"],
];

/** `secrets` are leaked in turn under names of secrets; `known`, the secrets of the run's environment, under other names. */
export async function startLeakingProxy(
  origin: string,
  secrets: readonly string[],
  known: readonly string[],
): Promise<LeakingProxy> {
  const traffic: string[] = [];
  const { hostname, port } = new URL(origin);
  let nextSecretIndex = 0;
  let nextKnownIndex = 0;
  let exchanges = 0;
  let onlyLeak: Leak | undefined;
  const source: SecretSource = {
    next: () => secrets[nextSecretIndex++ % secrets.length] ?? "",
    nextKnown: () => known[nextKnownIndex++ % known.length] ?? "",
  };
  const server = await startServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = "GET", url: path = "/", headers, rawHeaders } = incoming;
    const body = Buffer.concat(chunks);
    const forwarded = forward({ host: hostname, port, method, path, headers }, async (upstream) => {
      const parts: Buffer[] = [];
      for await (const part of upstream) parts.push(part as Buffer);
      const response: MutableResponse = {
        status: upstream.statusCode ?? 502,
        headers: {
          "content-type": upstream.headers["content-type"] ?? "",
          "x-amzn-requestid": `r-${exchanges}`,
          date: upstream.headers.date,
        },
        body: Buffer.concat(parts).toString(),
      };
      const request: ReceivedRequest = { method, path, headers: rawHeaders, body: body.toString() };
      const leak = onlyLeak ?? leaks[exchanges++ % leaks.length];
      leak?.(response, request, source);
      traffic.push(requestText(request), JSON.stringify(response.headers), response.body);
      outgoing.writeHead(response.status, { ...response.headers, connection: "close" });
      outgoing.end(response.body);
    });
    forwarded.on("error", () => outgoing.destroy());
    forwarded.end(body);
  });
  const useOnly = (leak: Leak) => {
    onlyLeak = leak;
  };
  return { ...server, traffic, useOnly };
}

const requestText = ({ method, path, headers, body }: ReceivedRequest): string =>
  `${method} ${path}\n${headers.join("\n")}\n\n${body}`;

/** Adds members to the envelope of the response. */
function addMembers(response: MutableResponse, members: Record<string, unknown>): void {
  const body = JSON.parse(response.body || "{}") as { Response?: object };
  Object.assign(body.Response ?? body, members);
  response.body = JSON.stringify(body);
}

/** Turns the response into a refusal, valid in all three envelopes. */
function turnIntoRefusal(response: MutableResponse, code: string, message: string): void {
  const Response = { Error: { Code: code, Message: message }, RequestId: message.slice(0, 300) };
  const aws = { __type: code, Message: message };
  response.body = JSON.stringify({ Response, ...aws, ErrorCode: code, ErrorInfo: message, ActionStatus: "FAIL" });
  if (response.headers["content-type"] === "application/x-amz-json-1.1") response.status = 400;
}

const secretMembers = (next: () => string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: 7 }, () => [secretNames[nameIndex++ % secretNames.length], next()]));
let nameIndex = 0;

const headerText = (text: string): string => text.replace(/[^ -~]/g, "?");
const secretsIn = ({ headers, path, body }: ReceivedRequest): string[] =>
  [
    /Signature=([^,\s]+)/.exec(headers.join("\n"))?.[1],
    ...[path, body].map((text) => /(?:Signature|usersig)=([^&]+)/.exec(text)?.[1]),
  ].filter((secret) => secret !== undefined);

const atAllDepths: Leak = (response, _, { next }) =>
  addMembers(response, { Extra: [{ deep: [[{ ...secretMembers(next) }]] }], ...secretMembers(next) });

const inText: Leak = (response, _, { next }) =>
  addMembers(response, { Debug: JSON.stringify({ in: JSON.stringify(secretMembers(next)) }) });

const inPairs: Leak = (response, _, { next }) =>
  addMembers(response, { Form: new URLSearchParams(secretMembers(next)).toString() });

const echoInMessage: Leak = (response, request) => turnIntoRefusal(response, "InvalidParameter", requestText(request));

export const echoInCode: Leak = (response, request) =>
  turnIntoRefusal(response, `Failed.${secretsIn(request)[0]}`, "no");

const echoInHeaders: Leak = (response, request, { next }) => {
  response.headers["x-echo"] = headerText(requestText(request)).slice(0, 8000);
  response.headers["set-cookie"] = headerText(`session=${next()}`);
  for (const secret of secretsIn(request))
    response.headers[`x-${Buffer.from(secret).toString("hex").slice(0, 8)}`] = encodeURIComponent(secret);
};

const echoInAllEncodings: Leak = (response, request) => {
  const texts = [...secretsIn(request), ...request.headers.slice(0, 40)].flatMap((secret) => encodings(secret));
  turnIntoRefusal(response, Buffer.from(`why: ${secretsIn(request)[0]}`).toString("base64"), texts.join(" "));
};

const underOtherNames: Leak = (response, _, { nextKnown }) => {
  for (let i = 0; i < 7; i++)
    addMembers(response, { [`Note${i}`]: nextKnown(), [`Text${i}`]: encodings(nextKnown()).join(" ") });
};

/** Ids are written to the ledger and to the list of leftovers. */
const asId: Leak = (response, _, { nextKnown }) => {
  const body = JSON.parse(response.body || "{}") as { Response?: { UserInfo?: object }; GroupId?: string };
  if (body.Response?.UserInfo) addMembers(response, { UserInfo: { ...body.Response.UserInfo, UserId: nextKnown() } });
  if (body.GroupId !== undefined) addMembers(response, { GroupId: nextKnown() });
};

/** An account that differs from the target file is printed in a problem of the run. */
export const asAccount: Leak = (response, { headers }) =>
  addMembers(response, { AccountId: headers[headers.indexOf("X-TC-Token") + 1] });

const inMarkup: Leak = (response, request, { next }) => {
  response.headers["content-type"] = "text/html";
  response.body = `<html><pre>${asHtml(requestText(request))}</pre><Password>${next()}</Password>`;
};

/** The response ends within the JSON. */
const inTruncatedJson: Leak = (response, _, { next }) => {
  addMembers(response, { Password: next() });
  response.body = response.body.slice(0, -9);
};

/** A log keeps 16 KiB of a body: the request's signature, or a planted secret, lies across that limit. */
const acrossTruncation: Leak = (response, request, { next }) => {
  const start = '{"Response":{"Pad":"';
  const paddingLength = 16 * 1024 - start.length;
  const echo = `"Echo":${JSON.stringify(secretsIn(request)[0] ?? "")}`;
  const planted = `"Password":${JSON.stringify(next())}`;
  const members = request.method === "GET" ? `${echo},${planted}` : `${planted},${echo}`;
  response.body = `${start}${"x".repeat(paddingLength - 20)}",${members},"Y":"${"y".repeat(9000)}"}}`;
};

/** The kinds of leaks, used in turn. Some leave the response valid otherwise, so that cases of the run pass. */
const leaks: readonly Leak[] = [
  atAllDepths,
  echoInMessage,
  echoInCode,
  inText,
  inPairs,
  echoInHeaders,
  underOtherNames,
  asId,
  inMarkup,
  inTruncatedJson,
  (response, _, { next }) => addMembers(response, { Token: next() }),
  acrossTruncation,
  echoInAllEncodings,
  () => undefined,
];
