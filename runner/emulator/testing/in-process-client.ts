/** Specs → signed calls into a world, answered without a socket: how the emulator's own tests speak to it. */
import type { Credentials, HttpRequest, Json, Members } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import type { Specs } from "../../spec/load.ts";
import { countsOf, newWorld } from "../emulator-state.ts";
import { faultsNamed } from "../faults/index.ts";
import type { Answer } from "../response.ts";
import { answerTo } from "../server.ts";
import { credentials, regions } from "../test-credentials.ts";
import { twinsNamed } from "../variants/index.ts";

export interface CallerOptions {
  readonly faults?: readonly string[];
  readonly twins?: readonly string[];
  readonly strict?: boolean;
  /** Seconds by which the caller's clock is off. */
  readonly shift?: number;
  /** What the caller changes before it signs. */
  readonly edit?: (request: HttpRequest) => HttpRequest;
}

export interface Caller {
  /** Signs the call by a binding, the service's first unless told; `tamper` edits what was signed. */
  readonly call: (id: string, members: Members, binding?: string, tamper?: (r: HttpRequest) => HttpRequest) => Answer;
  /** The code of the refusal, or `ok`. */
  readonly code: (id: string, members: Members, binding?: string, tamper?: (r: HttpRequest) => HttpRequest) => string;
  /** What the envelope wraps. */
  readonly output: (id: string, members: Members) => Members;
  readonly sign: (id: string, members: Members, binding?: string) => HttpRequest;
  readonly counts: () => Record<string, Record<string, number>>;
}

export const noon = Date.UTC(2026, 10, 21, 12);

/** Clock and request id stand still, so that the same calls get the same answers. */
export function callerOf(specs: Pick<Specs, "services" | "actions">, options: CallerOptions = {}): Caller {
  const world = newWorld({
    specs,
    strict: options.strict ?? false,
    faults: faultsNamed(options.faults ?? []),
    twins: twinsNamed(options.twins ?? []),
    now: () => noon,
    requestId: () => "request",
  });
  const sign: Caller["sign"] = (id, members, binding) => {
    const action = specs.actions.get(id);
    if (!action) throw new Error(`no action ${id}; there are ${[...specs.actions.keys()].join(", ")}`);
    const call = { action, binding: binding ?? action.service.bindings[0] ?? "", members };
    const region = forPrefix(regions, id);
    const signing = {
      credentials: forPrefix(credentials, id) as Credentials,
      host: "127.0.0.1:8080",
      now: noon + (options.shift ?? 0) * 1000,
      nonce: () => 7,
      ...(region === undefined ? {} : { region }),
    };
    const protocol = protocolOf(call.binding);
    const { edit = (r: HttpRequest) => r } = options;
    return protocol.sign(edit(protocol.encode(call, signing)), call, signing);
  };
  const call: Caller["call"] = (id, members, binding, tamper = (r) => r) =>
    answerTo(world, tamper(sign(id, members, binding)));
  return {
    call,
    sign,
    code: (...args) => codeOf(call(...args)),
    output: (id, members) => {
      const body = bodyOf(call(id, members));
      return (body.Response as Members | undefined) ?? body;
    },
    counts: () => countsOf(world),
  };
}

const forPrefix = <T>(by: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.entries(by)
    .filter(([prefix]) => id.startsWith(prefix))
    .sort(([a], [b]) => b.length - a.length)[0]?.[1];

export const bodyOf = ({ body }: Answer): Members => (body === "" ? {} : (JSON.parse(body) as Members));

/** Of any of the three envelopes. */
export function codeOf(answer: Answer): string {
  const body = bodyOf(answer) as { Response?: { Error?: { Code: string } }; ErrorCode?: number; __type?: string };
  const code: Json | undefined = body.Response?.Error?.Code ?? body.__type ?? body.ErrorCode;
  return code === undefined || code === 0 ? "ok" : String(code);
}
