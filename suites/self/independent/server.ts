/** A second server for four services, written from the pages of their vendors, without the code of the emulator. */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpRequest } from "../../../runner/model/index.ts";
import { rekognitionActions } from "./aws-rekognition.ts";
import { type Answer, answerOf, RefusedCall, type ServiceAction, type ServiceCall } from "./call.ts";
import { awsCall, cloudCall, type GatewayContext, imCall } from "./gateways.ts";
import { rightHooks, type ServerHooks, type ServerResponse } from "./hooks.ts";
import { plainRequest } from "./requests.ts";
import { type IndependentState, initialState, type ServerConfiguration } from "./server-state.ts";
import { iaiActions } from "./tencent-iai.ts";
import { imActions } from "./tencent-im.ts";
import { organizationActions } from "./tencent-organization.ts";

export interface IndependentServer {
  readonly state: IndependentState;
  respond(request: HttpRequest): Promise<ServerResponse>;
}

/** `now` in milliseconds. */
export function createIndependentServer(
  configuration: ServerConfiguration,
  now: () => number,
  changes: Partial<ServerHooks> = {},
): IndependentServer {
  const hooks = { ...rightHooks, ...changes };
  const state = initialState(configuration);
  const { tencent } = configuration.accounts;
  const identity: ServiceAction = {
    parameters: {},
    handle: () => ({
      Arn: `qcs::cam:${tencent}:uin/${tencent}`,
      AccountId: tencent,
      UserId: tencent,
      PrincipalId: tencent,
      Type: "CAMUser",
    }),
  };
  const actions: GatewayContext["actions"] = {
    sts: { GetCallerIdentity: identity },
    iai: iaiActions(state.iai),
    organization: organizationActions(state.organization, now),
    im: imActions(state.im),
    rekognition: rekognitionActions(state.rekognition, now),
  };
  const context: GatewayContext = { keys: configuration.keys, region: configuration.region, actions, now, hooks };
  const findAction = (service: string, action: string) => actions[service]?.[action] as ServiceAction;
  const proceed = ({ service, action, input }: ServiceCall): Answer =>
    answerOf(() => findAction(service, action).handle(input));

  return {
    state,
    respond: async (sent) => {
      const received = hooks.receive(sent);
      const request = plainRequest(received);
      const isIm = request.path !== "/";
      const isAws =
        request.headers.has("x-amz-target") || (request.headers.get("authorization") ?? "").startsWith("AWS4");
      let call: ServiceCall | undefined;
      let answer: Answer;
      try {
        call = isIm ? imCall(request, context) : isAws ? awsCall(request, context) : cloudCall(request, context);
        answer = await hooks.call(call, proceed, state);
      } catch (error) {
        if (!(error instanceof RefusedCall)) throw error;
        answer = { code: error.code };
      }
      const response = isIm ? imResponse(answer) : isAws ? awsResponse(answer) : cloudResponse(answer);
      const dated = { ...response, headers: { ...response.headers, Date: new Date(now()).toUTCString() } };
      return hooks.respond(dated, received, call);
    },
  };
}

function cloudResponse(answer: Answer): ServerResponse {
  const RequestId = randomUUID();
  const content =
    "code" in answer
      ? { Error: { Code: answer.code, Message: `The request was refused: ${answer.code}.` }, RequestId }
      : { ...answer.output, RequestId };
  const body = JSON.stringify({ Response: content });
  return { status: 200, headers: { "Content-Type": "application/json" }, body };
}

function imResponse(answer: Answer): ServerResponse {
  const content =
    "code" in answer
      ? { ActionStatus: "FAIL", ErrorInfo: `refused with ${answer.code}`, ErrorCode: Number(answer.code) }
      : { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, ...answer.output };
  return { status: 200, headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) };
}

/** An action without output has an empty body. */
function awsResponse(answer: Answer): ServerResponse {
  const headers = { "Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": randomUUID() };
  if ("code" in answer) {
    const body = JSON.stringify({ __type: answer.code, Code: answer.code, Message: `refused with ${answer.code}` });
    return {
      status: answer.code === "InternalServerError" || answer.code === "ThrottlingException" ? 500 : 400,
      headers,
      body,
    };
  }
  const isEmpty = Object.keys(answer.output).length === 0;
  return { status: 200, headers, body: isEmpty ? "" : JSON.stringify(answer.output) };
}

/** Serves over HTTP on a free port of the loopback interface. */
export async function serveOverHttp(
  server: IndependentServer,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  // By default Node refuses a request line and headers of more than 16 KB; a query may have 32 KB.
  const http = createServer({ maxHeaderSize: 128 * 1024 }, (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const names = incoming.rawHeaders.filter((_, index) => index % 2 === 0);
      const request: HttpRequest = {
        method: incoming.method ?? "",
        path: incoming.url ?? "",
        headers: names.map((name, index) => [name, incoming.rawHeaders[2 * index + 1] ?? ""] as const),
        body: Buffer.concat(chunks),
      };
      server.respond(request).then(
        ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body),
        (error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined),
      );
    });
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: () => {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
}
