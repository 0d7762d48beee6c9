/** Specs → signed calls into a world, answered without a socket: how the emulator's own tests speak to it. */
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
  /** Seconds by which the caller's clock is off. */
  readonly clockShiftSeconds?: number;
  /** What the caller changes before it signs. */
  readonly editBeforeSigning?: (request: HttpRequest) => HttpRequest;
}

export interface InProcessClient {
  /** Signs the call by a binding, the service's first unless told; `tamper` edits what was signed. */
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
  /** What the envelope wraps. */
  readonly output: (id: string, members: CallMembers) => CallMembers;
  readonly sign: (id: string, members: CallMembers, binding?: string) => HttpRequest;
  readonly stateCounts: () => Record<string, Record<string, number>>;
}

export const FIXED_NOW = Date.UTC(2026, 10, 21, 12);

/** Clock and request id stand still, so that the same calls get the same answers. */
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
    if (!action) throw new Error(`no action ${id}; there are ${[...specs.actions.keys()].join(", ")}`);
    const call = { action, binding: binding ?? action.service.bindings[0] ?? "", members };
    const region = forPrefix(regions, id);
    const signing = {
      credentials: forPrefix(credentials, id) as Credentials,
      host: "127.0.0.1:8080",
      now: FIXED_NOW + (options.clockShiftSeconds ?? 0) * 1000,
      nonce: () => 7,
      ...(region === undefined ? {} : { region }),
    };
    const protocol = protocolOf(call.binding);
    const { editBeforeSigning = (r: HttpRequest) => r } = options;
    return protocol.sign(editBeforeSigning(protocol.encode(call, signing)), call, signing);
  };
  const call: InProcessClient["call"] = (id, members, binding, tamper = (r) => r) =>
    respond(emulator, tamper(sign(id, members, binding)));
  return {
    call,
    sign,
    code: (...args) => codeOf(call(...args)),
    output: (id, members) => {
      const body = bodyOf(call(id, members));
      return (body.Response as CallMembers | undefined) ?? body;
    },
    stateCounts: () => countsOf(emulator.state),
  };
}

const forPrefix = <T>(by: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.entries(by)
    .filter(([prefix]) => id.startsWith(prefix))
    .sort(([a], [b]) => b.length - a.length)[0]?.[1];

export const bodyOf = ({ body }: EmulatorResponse): CallMembers =>
  body === "" ? {} : (JSON.parse(body) as CallMembers);

/** Of any of the three envelopes. */
export function codeOf(answer: EmulatorResponse): string {
  const body = bodyOf(answer) as { Response?: { Error?: { Code: string } }; ErrorCode?: number; __type?: string };
  const code: Json | undefined = body.Response?.Error?.Code ?? body.__type ?? body.ErrorCode;
  return code === undefined || code === 0 ? "ok" : String(code);
}
