/** A client for the emulator's own tests: sends signed calls to an emulator in the same process, without a socket. */
import type { CallMembers, Credentials, HttpRequest, Json } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import type { Specs } from "../../spec/load.ts";
import { createEmulator, respond } from "../emulator.ts";
import { countsOf } from "../emulator-state.ts";
import type { EmulatorResponse } from "../request-context.ts";
import { credentials, regions } from "../test-credentials.ts";

export interface CallerOptions {
  readonly faults?: readonly string[];
  readonly variants?: readonly string[];
  readonly strict?: boolean;
  /** Seconds by which the caller's clock is ahead of the emulator's; negative where it is behind. */
  readonly clockShiftSeconds?: number;
  /** Changes the request before it is signed. */
  readonly editBeforeSigning?: (request: HttpRequest) => HttpRequest;
}

export interface InProcessClient {
  /** Signs and sends a call; the default binding is the service's first. `tamper` changes the signed request. */
  readonly call: (
    id: string,
    members: CallMembers,
    binding?: string,
    tamper?: (r: HttpRequest) => HttpRequest,
  ) => EmulatorResponse;
  /** The code of the refusal, or `ok`. */
  readonly code: (
    id: string,
    members: CallMembers,
    binding?: string,
    tamper?: (r: HttpRequest) => HttpRequest,
  ) => string;
  /** The output of the call, without its envelope. */
  readonly output: (id: string, members: CallMembers) => CallMembers;
  readonly sign: (id: string, members: CallMembers, binding?: string) => HttpRequest;
  /** The response to a signed request. */
  readonly send: (request: HttpRequest) => EmulatorResponse;
  readonly stateCounts: () => Record<string, Record<string, number>>;
}

export const FIXED_NOW = Date.UTC(2026, 10, 21, 12);

/** Clock and request id are fixed, so the same calls always get the same responses. */
export function createInProcessClient(
  specs: Pick<Specs, "services" | "actions">,
  options: CallerOptions = {},
): InProcessClient {
  const emulator = createEmulator({
    specs,
    strict: options.strict ?? false,
    faults: options.faults ?? [],
    variants: options.variants ?? [],
    now: () => FIXED_NOW,
    requestId: () => "request",
  });
  const sign: InProcessClient["sign"] = (id, members, binding) => {
    const action = specs.actions.get(id);
    if (!action) throw new Error(`unknown action ${id}; the specs have ${[...specs.actions.keys()].join(", ")}`);
    const call = { action, binding: binding ?? action.service.bindings[0] ?? "", members };
    const region = forPrefix(regions, id);
    const signing = {
      // Another provider is signed with the first pair of keys, as with --endpoint.
      credentials: (forPrefix(credentials, id) ?? credentials["tencent"]) as Credentials,
      host: "127.0.0.1:8080",
      now: FIXED_NOW + (options.clockShiftSeconds ?? 0) * 1000,
      nonce: () => 7,
      ...(region === undefined ? {} : { region }),
    };
    const protocol = protocolOf(call.binding);
    const { editBeforeSigning = (r: HttpRequest) => r } = options;
    return protocol.sign(editBeforeSigning(protocol.encode(call, signing)), call, signing);
  };
  const send: InProcessClient["send"] = (request) => respond(emulator, request);
  const call: InProcessClient["call"] = (id, members, binding, tamper = (r) => r) =>
    send(tamper(sign(id, members, binding)));
  return {
    call,
    send,
    sign,
    code: (...args) => codeOf(call(...args)),
    output: (id, members) => {
      const body = bodyOf(call(id, members));
      return (body.Response as CallMembers | undefined) ?? body;
    },
    stateCounts: () => countsOf(emulator.state),
  };
}

/** The value whose key is the longest prefix of the id. */
const forPrefix = <T>(byPrefix: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.entries(byPrefix)
    .filter(([prefix]) => id.startsWith(prefix))
    .sort(([a], [b]) => b.length - a.length)[0]?.[1];

export const bodyOf = ({ body }: EmulatorResponse): CallMembers =>
  body === "" ? {} : (JSON.parse(body) as CallMembers);

/** The error code in any of the three envelopes, or `ok`. */
export function codeOf(response: EmulatorResponse): string {
  const body = bodyOf(response) as { Response?: { Error?: { Code: string } }; ErrorCode?: number; __type?: string };
  const code: Json | undefined = body.Response?.Error?.Code ?? body.__type ?? body.ErrorCode;
  return code === undefined || code === 0 ? "ok" : String(code);
}
