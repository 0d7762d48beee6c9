/** A front before a server that puts secrets into its answers: those that it is given, and whatever a request carries. */
import { request as forward, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { type Serving, startServer } from "../hostile/server.ts";
import { asHtml, encodings } from "./secret-fixtures.ts";

export interface LeakingProxy extends Serving {
  /** All that went over the wire, as it stood there. */
  readonly wire: string[];
  /** From now on every answer is of this kind. */
  always(kind: Kind): void;
}

interface Answered {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["rawHeaders"];
  readonly body: string;
}

interface Pool {
  next(): string;
  repeatKnown(): string;
}

type Kind = (answer: Answered, asked: Asked, from: Pool) => void;

const names = [
  ...["Password", "password", "PASSWORD", "SecretKey", "SecretAccessKey", "Token", "SessionToken", "TmpSecretKey"],
  ...["UserSig", "Signature", "secret_key", "access-token", "NewPassword", "x-amz-security-token", "private_key"],
];

/** `secrets` are given away one after the other under names that say what they are, `known` under others. */
export async function startLeakingProxy(
  origin: string,
  secrets: readonly string[],
  known: readonly string[],
): Promise<LeakingProxy> {
  const wire: string[] = [];
  const { hostname, port } = new URL(origin);
  let given = 0;
  let repeatKnown = 0;
  let n = 0;
  let every: Kind | undefined;
  const from: Pool = {
    next: () => secrets[given++ % secrets.length] ?? "",
    repeatKnown: () => known[repeatKnown++ % known.length] ?? "",
  };
  const front = await startServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = "GET", url: path = "/", headers, rawHeaders } = incoming;
    const body = Buffer.concat(chunks);
    const onward = forward({ host: hostname, port, method, path, headers }, async (reply) => {
      const parts: Buffer[] = [];
      for await (const part of reply) parts.push(part as Buffer);
      const answer: Answered = {
        status: reply.statusCode ?? 502,
        headers: {
          "content-type": reply.headers["content-type"] ?? "",
          "x-amzn-requestid": `r-${n}`,
          date: reply.headers.date,
        },
        body: Buffer.concat(parts).toString(),
      };
      const asked: Asked = { method, path, headers: rawHeaders, body: body.toString() };
      const kind = every ?? kinds[n++ % kinds.length];
      kind?.(answer, asked, from);
      wire.push(echoOf(asked), JSON.stringify(answer.headers), answer.body);
      response.writeHead(answer.status, { ...answer.headers, connection: "close" });
      response.end(answer.body);
    });
    onward.on("error", () => response.destroy());
    onward.end(body);
  });
  const always = (kind: Kind) => {
    every = kind;
  };
  return { ...front, wire, always };
}

const echoOf = ({ method, path, headers, body }: Asked): string =>
  `${method} ${path}\n${headers.join("\n")}\n\n${body}`;

/** A member of the answer's envelope, whichever that is. */
function put(answer: Answered, more: Record<string, unknown>): void {
  const body = JSON.parse(answer.body || "{}") as { Response?: object };
  Object.assign(body.Response ?? body, more);
  answer.body = JSON.stringify(body);
}

/** Refused with this code and these words, in each of the three envelopes. */
function refused(answer: Answered, code: string, message: string): void {
  const Response = { Error: { Code: code, Message: message }, RequestId: message.slice(0, 300) };
  const aws = { __type: code, Message: message };
  answer.body = JSON.stringify({ Response, ...aws, ErrorCode: code, ErrorInfo: message, ActionStatus: "FAIL" });
  if (answer.headers["content-type"] === "application/x-amz-json-1.1") answer.status = 400;
}

const told = (next: () => string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: 7 }, () => [names[turn++ % names.length], next()]));
let turn = 0;

const inHeader = (text: string): string => text.replace(/[^ -~]/g, "?");
const secretsIn = ({ headers, path, body }: Asked): string[] =>
  [
    /Signature=([^,\s]+)/.exec(headers.join("\n"))?.[1],
    ...[path, body].map((t) => /(?:Signature|usersig)=([^&]+)/.exec(t)?.[1]),
  ].filter((s) => s !== undefined);

const atAllDepths: Kind = (a, _, { next }) => put(a, { Extra: [{ deep: [[{ ...told(next) }]] }], ...told(next) });

const inText: Kind = (a, _, { next }) => put(a, { Debug: JSON.stringify({ in: JSON.stringify(told(next)) }) });

const inPairs: Kind = (a, _, { next }) => put(a, { Form: new URLSearchParams(told(next)).toString() });

const echoInMessage: Kind = (a, asked) => refused(a, "InvalidParameter", echoOf(asked));

export const echoInCode: Kind = (a, asked) => refused(a, `Failed.${secretsIn(asked)[0]}`, "no");

const echoInHeaders: Kind = (a, asked, { next }) => {
  a.headers["x-echo"] = inHeader(echoOf(asked)).slice(0, 8000);
  a.headers["set-cookie"] = inHeader(`session=${next()}`);
  for (const s of secretsIn(asked))
    a.headers[`x-${Buffer.from(s).toString("hex").slice(0, 8)}`] = encodeURIComponent(s);
};

const echoInAllWays: Kind = (a, asked) => {
  const ways = [...secretsIn(asked), ...asked.headers.slice(0, 40)].flatMap((s) => encodings(s));
  refused(a, Buffer.from(`why: ${secretsIn(asked)[0]}`).toString("base64"), ways.join(" "));
};

const underOtherNames: Kind = (a, _, { repeatKnown }) => {
  for (let i = 0; i < 7; i++) put(a, { [`Note${i}`]: repeatKnown(), [`Said${i}`]: encodings(repeatKnown()).join(" ") });
};

/** Ids stand in the ledger, and in what is said of things that would not go. */
const asId: Kind = (a, _, { repeatKnown }) => {
  const body = JSON.parse(a.body || "{}") as { Response?: { UserInfo?: object }; GroupId?: string };
  if (body.Response?.UserInfo) put(a, { UserInfo: { ...body.Response.UserInfo, UserId: repeatKnown() } });
  if (body.GroupId !== undefined) put(a, { GroupId: repeatKnown() });
};

/** Whose the credentials are: what a target names otherwise is told in the words of the run itself. */
export const asAccount: Kind = (a, { headers }) => put(a, { AccountId: headers[headers.indexOf("X-TC-Token") + 1] });

const inMarkup: Kind = (a, asked, { next }) => {
  a.headers["content-type"] = "text/html";
  a.body = `<html><pre>${asHtml(echoOf(asked))}</pre><Password>${next()}</Password>`;
};

/** The answer ends in the middle of it. */
const cutOff: Kind = (a, _, { next }) => {
  put(a, { Password: next() });
  a.body = a.body.slice(0, -9);
};

/** A log keeps 16 KiB of a body: what was computed for the request lies across that edge, or what is given away does. */
const overTheEdge: Kind = (a, asked, { next }) => {
  const head = '{"Response":{"Pad":"';
  const edge = 16 * 1024 - head.length;
  const echo = `"Echo":${JSON.stringify(secretsIn(asked)[0] ?? "")}`;
  const own = `"Password":${JSON.stringify(next())}`;
  const both = asked.method === "GET" ? `${echo},${own}` : `${own},${echo}`;
  a.body = `${head}${"x".repeat(edge - 20)}",${both},"Y":"${"y".repeat(9000)}"}}`;
};

/** Some answers are true but for what they give away, so that a run comes to something. */
const kinds: readonly Kind[] = [
  atAllDepths,
  echoInMessage,
  echoInCode,
  inText,
  inPairs,
  echoInHeaders,
  underOtherNames,
  asId,
  inMarkup,
  cutOff,
  (a, _, { next }) => put(a, { Token: next() }),
  overTheEdge,
  echoInAllWays,
  () => undefined,
];
