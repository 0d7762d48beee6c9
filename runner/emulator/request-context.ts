/** The state of one request in the pipeline, and the hooks by which faults and variants change the emulator's behaviour. */
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
import type { EmulatorRefusal, RefusalDetails } from "./refusal.ts";
import type { EmulatorResponse } from "./server-types.ts";
import type { HandlerResult } from "./services/handler.ts";

export type { EmulatorResponse };

/** The hooks of faults and variants. Without any, each hook returns its argument or the value for "no change". */
export interface Behaviour {
  /** Called with the members before any of them is checked; returns those to check. */
  members(members: CallMembers, context: RequestContext): CallMembers;
  /** Called with a refusal; returns it, another, or undefined to let the call pass this check. */
  refusal(refusal: EmulatorRefusal, context: RequestContext): EmulatorRefusal | undefined;
  /** The code with which to refuse a call that passed every check but those of its state; undefined to accept it. */
  extraRefusalCode(context: RequestContext): string | undefined;
  /** True where the emulator refuses what the documents neither accept nor forbid; `details` say what it is. */
  refusesUndocumented(context: RequestContext, details: RefusalDetails): boolean;
  /** The parameters in the order in which they are checked. */
  parameterOrder<T>(list: readonly T[], context: RequestContext): readonly T[];
  /** Runs the action; `runHandler` is what it does without faults. */
  execute(runHandler: () => HandlerResult, context: RequestContext): HandlerResult;
  /** Called with the response before it is sent; returns the one to send. */
  response(response: EmulatorResponse, context: RequestContext): EmulatorResponse;
  /** Milliseconds by which the response is delayed. */
  holdMs(context: RequestContext): number;
}

export interface RequestContext {
  readonly emulator: EmulatorState;
  readonly behaviour: Behaviour;
  readonly request: HttpRequest;
  /** True where the body is longer than the server reads; `request.body` is then empty. */
  readonly oversize: boolean;
  /** Without the query. */
  readonly path: string;
  /** Milliseconds. */
  readonly now: number;
  readonly family: ServiceFamily;
  readonly codes: GatewayCodes;
  /** Undefined where no protocol can read the request; so is `received`. */
  readonly protocol: Protocol | undefined;
  readonly received: ParsedRequest | undefined;
  readonly service: Service | undefined;
  readonly action: Action | undefined;
  /** The common parameters of the request's binding. */
  readonly commonParameters: readonly CommonParameter[];
  /** The binding's rules for the request as a whole. */
  readonly gatewayRules: GatewayRules | undefined;
  /** Equal calls that were served at the same time; counted only where a fault delays responses. */
  overlappingCalls: number;
  /** The name of the stage that is running. */
  stage: string;
  /** Empty until the body is read. */
  members: CallMembers;
  /** What the action returned; empty until the last stage. */
  output: CallMembers;
  refusal: EmulatorRefusal | undefined;
}
