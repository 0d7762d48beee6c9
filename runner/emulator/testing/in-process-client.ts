/** Specs → signed calls into a world, answered without a socket: how the emulator's own tests speak to it. */
import type { Credentials, HttpRequest, Json, Members } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import type { Specs } from "../../spec/load.ts";
import { countsOf, createEmulatorState } from "../emulator-state.ts";
import { findFaults } from "../faults/index.ts";
import type { EmulatorResponse } from "../response.ts";
import { respond } from "../server.ts";
import { credentials, regions } from "../test-credentials.ts";
import { findVariants } from "../variants/index.ts";

export interface CallerOptions {
  readonly faults?: readonly string[];
  readonly twins?: readonly string[];
  readonly strict?: boolean;
  /** Seconds by which the caller's clock is off. */
  readonly shift?: number;
  /** What the caller changes before it signs. */
  readonly edit?: (request: HttpRequest) => HttpRequest;
}

export interface InProcessClient {
  /** Signs the call by a binding, the service's first unless told; `tamper` edits what was signed. */
  readonly call: (
    id: string,
    members: Members,
    binding?: string,
    tamper?: (r: HttpRequest) => HttpRequest,
  ) => EmulatorResponse;
  /** The code of the refusal, or `ok`. */
  readonly code: (id: string, members: Members, binding?: string, tamper?: (r: HttpRequest) => HttpRequest) => string;
  /** What the envelope wraps. */
  readonly output: (id: string, members: Members) => Members;
  readonly sign: (id: string, members: Members, binding?: string) => HttpRequest;
  readonly stateCounts: () => Record<string, Record<string, number>>;
}

export const FIXED_NOW = Date.UTC(2026, 10, 21, 12);

/** Clock and request id stand still, so that the same calls get the same answers. */
export function createInProcessClient(
  specs: Pick<Specs, "services" | "actions">,
  options: CallerOptions = {},
): InProcessClient {
  const world = createEmulatorState({
    specs,
    strict: options.strict ?? false,
    faults: findFaults(options.faults ?? []),
    twins: findVariants(options.twins ?? []),
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
      now: FIXED_NOW + (options.shift ?? 0) * 1000,
      nonce: () => 7,
      ...(region === undefined ? {} : { region }),
    };
    const protocol = protocolOf(call.binding);
    const { edit = (r: HttpRequest) => r } = options;
    return protocol.sign(edit(protocol.encode(call, signing)), call, signing);
  };
  const call: InProcessClient["call"] = (id, members, binding, tamper = (r) => r) =>
    respond(world, tamper(sign(id, members, binding)));
  return {
    call,
    sign,
    code: (...args) => codeOf(call(...args)),
    output: (id, members) => {
      const body = bodyOf(call(id, members));
      return (body.Response as Members | undefined) ?? body;
    },
    stateCounts: () => countsOf(world),
  };
}

const forPrefix = <T>(by: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.entries(by)
    .filter(([prefix]) => id.startsWith(prefix))
    .sort(([a], [b]) => b.length - a.length)[0]?.[1];

export const bodyOf = ({ body }: EmulatorResponse): Members => (body === "" ? {} : (JSON.parse(body) as Members));

/** Of any of the three envelopes. */
export function codeOf(answer: EmulatorResponse): string {
  const body = bodyOf(answer) as { Response?: { Error?: { Code: string } }; ErrorCode?: number; __type?: string };
  const code: Json | undefined = body.Response?.Error?.Code ?? body.__type ?? body.ErrorCode;
  return code === undefined || code === 0 ? "ok" : String(code);
}
