/** One request on its way through the pipeline, what is known of it so far, and how the emulator behaves. */
import type {
  Action,
  CallMembers,
  CommonParameter,
  GatewayRules,
  HttpRequest,
  ParsedRequest,
  Protocol,
  Service,
} from "../model/index.ts";
import type { EmulatorState } from "./emulator-state.ts";
import type { GatewayCodes, ServiceFamily } from "./gateway-codes.ts";
import type { EmulatorRefusal } from "./refusal.ts";
import type { HandlerResult } from "./services/handler.ts";

export interface EmulatorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where faults and variants take part. The healthy emulator returns what it is given. */
export interface Behaviour {
  /** The members of a call before any of them is checked. */
  members(members: CallMembers, context: RequestContext): CallMembers;
  /** A refusal about to be given: the same, another, or undefined to let the call pass this check. */
  refusal(refused: EmulatorRefusal, context: RequestContext): EmulatorRefusal | undefined;
  /** The code with which to refuse a call that passed every check but those of state; undefined for none. */
  extraRefusalCode(context: RequestContext): string | undefined;
  /** True where what the documents leave undocumented is refused. */
  refusesUndocumented(context: RequestContext): boolean;
  /** The parameters in the order in which they are checked. */
  parameterOrder<T>(list: readonly T[], context: RequestContext): readonly T[];
  /** What the action does and returns; `act` is what it would have done. */
  execute(act: () => HandlerResult, context: RequestContext): HandlerResult;
  /** The response before it is written. */
  response(response: EmulatorResponse, context: RequestContext): EmulatorResponse;
  /** Milliseconds by which the response is held back. */
  holdMs(context: RequestContext): number;
}

export interface RequestContext {
  readonly emulator: EmulatorState;
  readonly behaviour: Behaviour;
  readonly request: HttpRequest;
  /** True where the body went on beyond what is read; `request.body` is then empty. */
  readonly oversize: boolean;
  /** Without the query. */
  readonly path: string;
  readonly now: number;
  readonly family: ServiceFamily;
  readonly codes: GatewayCodes;
  readonly protocol: Protocol | undefined;
  readonly received: ParsedRequest | undefined;
  readonly service: Service | undefined;
  readonly action: Action | undefined;
  /** The common parameters of the request's binding. */
  readonly common: readonly CommonParameter[];
  /** What the binding says of the request as a whole. */
  readonly front: GatewayRules | undefined;
  /** Calls alike that came while this one was on its way; counted only where a fault holds answers back. */
  concurrentTwins: number;
  /** The stage that is at work. */
  stage: string;
  /** Empty until the body is read. */
  members: CallMembers;
  /** What the action gave; empty until the last stage. */
  output: CallMembers;
  refused: EmulatorRefusal | undefined;
}
