/** One request on its way through the stages, and what is known of it so far. */
import type {
  Action,
  Common,
  Front,
  HttpRequest,
  Members,
  Protocol,
  Received,
  Refusal,
  Service,
} from "../model/index.ts";
import { protocols } from "../protocols/index.ts";
import { codeForUndocumented } from "./documented-codes.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { applyRefusalFaults } from "./faults/fault.ts";
import { familyByProtocol, type GatewayCodes, gatewayCodes, type ServiceFamily } from "./gateway-codes.ts";
import { headerOf } from "./header.ts";
import type { EmulatorRefusal, RefusalDetails } from "./refusal.ts";
import { routeRequest } from "./route.ts";
import { applyCodeVariants, refusesOpen } from "./variants/variant.ts";

export interface RequestContext {
  readonly world: EmulatorState;
  readonly request: HttpRequest;
  /** True where the body went on beyond what is read; `request.body` is then empty. */
  readonly oversize: boolean;
  /** Without the query. */
  readonly path: string;
  readonly now: number;
  readonly family: ServiceFamily;
  readonly codes: GatewayCodes;
  readonly protocol: Protocol | undefined;
  readonly received: Received | undefined;
  readonly service: Service | undefined;
  readonly action: Action | undefined;
  /** The common parameters of the request's binding. */
  readonly common: readonly Common[];
  /** What the binding says of the request as a whole. */
  readonly front: Front | undefined;
  /** Calls alike that came while this one was on its way; counted only where a fault holds answers back. */
  concurrentTwins: number;
  /** The stage that is at work. */
  stage: string;
  /** Empty until the body is read. */
  members: Members;
  /** What the action gave; empty until the last stage. */
  output: Members;
  refused: EmulatorRefusal | undefined;
}

/** Reads a request as far as it can be read; decides nothing. */
export function readRequest(emulator: EmulatorState, request: HttpRequest, oversize: boolean): RequestContext {
  const path = request.path.split("?", 1)[0] ?? "";
  const read = readBy(request);
  const family = (read && familyByProtocol[read.protocol.id]) ?? guessFamily(request, path);
  const found = read ? routeRequest(emulator.services, family, read.received, request, path) : {};
  const service = found.service;
  const envelope = read && envelopeOf(emulator, family, service);
  return {
    world: emulator,
    request,
    oversize,
    path,
    now: emulator.now(),
    family,
    codes: gatewayCodes[family],
    protocol: read?.protocol,
    received: read?.received,
    service,
    action: found.action,
    common: envelope?.common.get(read?.received.binding ?? "") ?? [],
    front: envelope?.front.get(read?.received.binding ?? ""),
    concurrentTwins: 0,
    stage: "",
    members: {},
    output: {},
    refused: undefined,
  };
}

function readBy(request: HttpRequest): { protocol: Protocol; received: Received } | undefined {
  for (const protocol of protocols) {
    const received = protocol.read(request);
    if (received) return { protocol, received };
  }
  return undefined;
}

const envelopeOf = (emulator: EmulatorState, family: ServiceFamily, service: Service | undefined) =>
  (service ?? emulator.services.find((s) => s.envelope.name === family))?.envelope;

/** For a request that no protocol knows: in whose voice to refuse it. */
function guessFamily(request: HttpRequest, path: string): ServiceFamily {
  if (path.startsWith("/v4/")) return "tencent-im";
  const type = headerOf(request, "content-type") ?? "";
  return type.includes("x-amz-json") || headerOf(request, "x-amz-target") !== undefined ? "aws-json" : "tencent-cloud";
}

/** A refusal with this code, unless a fault lets the call pass. */
export const refuse = (
  context: RequestContext,
  code: string,
  place: RefusalDetails = {},
): EmulatorRefusal | undefined =>
  applyRefusalFaults(
    applyCodeVariants(
      { refused: true, stage: context.stage, code, says: "", at: "", breach: "", value: undefined, ...place },
      context,
    ),
    context,
  );

/** What the documents leave open is accepted, but by a twin. */
export const refuseUndocumented = (
  context: RequestContext,
  place: RefusalDetails,
  codes: readonly string[] = [],
): EmulatorRefusal | undefined =>
  refusesOpen(context) ? refuse(context, codes[0] ?? codeForUndocumented(context), place) : undefined;

/** The first code of what the spec says of a breach. A `may` leaves it to the server, and this one lets it pass. */
export function refuseBreach(
  context: RequestContext,
  refusal: Refusal | undefined,
  otherwise: string,
  place: RefusalDetails,
): EmulatorRefusal | undefined {
  if (refusal?.level === "may") return refuseUndocumented(context, place);
  return refuse(context, refusal?.codes[0] ?? otherwise, place);
}
