/** The places at which a mutation replaces what the server does. */
import type { HttpRequest, Json } from "../../../runner/model/index.ts";
import type { Answer, ServiceCall, Shape } from "./call.ts";
import type { IndependentState } from "./server-state.ts";

export interface ServerResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ServerHooks {
  /** The request as the server reads it. */
  receive(request: HttpRequest): HttpRequest;
  /** Whether a part of a signature, such as `tc3/scope-date`, is the demanded one. */
  matches(part: string, demanded: string, sent: string): boolean;
  /** Whether a signature made at `seconds` is too far from the server's clock. */
  isOutside(scheme: string, seconds: number, nowSeconds: number): boolean;
  /** A percent-encoded key or value of a query or form → its text. */
  decode(encoded: string, binding: string): string;
  /** A value → the value whose type is compared with the shape. */
  convert(shape: Shape, value: Json): Json;
  /** Answers a call. `proceed` is the right answer, and changes the state. */
  call(call: ServiceCall, proceed: (call: ServiceCall) => Answer, state: IndependentState): Answer | Promise<Answer>;
  /** The response as it is sent. `call` is absent where the gateway refused the request. */
  respond(response: ServerResponse, request: HttpRequest, call?: ServiceCall): ServerResponse;
}

export const rightHooks: ServerHooks = {
  receive: (request) => request,
  matches: (_part, demanded, sent) => demanded === sent,
  isOutside: (scheme, seconds, nowSeconds) => Math.abs(seconds - nowSeconds) > WINDOW_SECONDS[scheme as "tc3"],
  decode: (encoded) => decodeURIComponent(encoded.replaceAll("+", " ")),
  convert: (_shape, value) => value,
  call: (call, proceed) => proceed(call),
  respond: (response) => response,
};

/** The pages state five minutes for Tencent Cloud and, among the common errors of AWS, fifteen. */
const WINDOW_SECONDS = { tc3: 300, v1: 300, sigv4: 900 };
