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
import { openCode } from "./documented-codes.ts";
import type { World } from "./emulator-state.ts";
import { throughFaults } from "./faults/fault.ts";
import { type Family, type FrontCodes, familyOf, frontCodes } from "./gateway-codes.ts";
import { headerOf } from "./header.ts";
import type { Place, Refused } from "./refusal.ts";
import { resolve } from "./route.ts";
import { refusesOpen, throughTwins } from "./variants/variant.ts";

export interface Context {
  readonly world: World;
  readonly request: HttpRequest;
  /** True where the body went on beyond what is read; `request.body` is then empty. */
  readonly oversize: boolean;
  /** Without the query. */
  readonly path: string;
  readonly now: number;
  readonly family: Family;
  readonly codes: FrontCodes;
  readonly protocol: Protocol | undefined;
  readonly received: Received | undefined;
  readonly service: Service | undefined;
  readonly action: Action | undefined;
  /** The common parameters of the request's binding. */
  readonly common: readonly Common[];
  /** What the binding says of the request as a whole. */
  readonly front: Front | undefined;
  /** Calls alike that came while this one was on its way; counted only where a fault holds answers back. */
  rivals: number;
  /** The stage that is at work. */
  stage: string;
  /** Empty until the body is read. */
  members: Members;
  /** What the action gave; empty until the last stage. */
  output: Members;
  refused: Refused | undefined;
}

/** Reads a request as far as it can be read; decides nothing. */
export function contextOf(world: World, request: HttpRequest, oversize: boolean): Context {
  const path = request.path.split("?", 1)[0] ?? "";
  const read = readBy(request);
  const family = (read && familyOf[read.protocol.id]) ?? guessFamily(request, path);
  const found = read ? resolve(world.services, family, read.received, request, path) : {};
  const service = found.service;
  const envelope = read && envelopeOf(world, family, service);
  return {
    world,
    request,
    oversize,
    path,
    now: world.now(),
    family,
    codes: frontCodes[family],
    protocol: read?.protocol,
    received: read?.received,
    service,
    action: found.action,
    common: envelope?.common.get(read?.received.binding ?? "") ?? [],
    front: envelope?.front.get(read?.received.binding ?? ""),
    rivals: 0,
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

const envelopeOf = (world: World, family: Family, service: Service | undefined) =>
  (service ?? world.services.find((s) => s.envelope.name === family))?.envelope;

/** For a request that no protocol knows: in whose voice to refuse it. */
function guessFamily(request: HttpRequest, path: string): Family {
  if (path.startsWith("/v4/")) return "tencent-im";
  const type = headerOf(request, "content-type") ?? "";
  return type.includes("x-amz-json") || headerOf(request, "x-amz-target") !== undefined ? "aws-json" : "tencent-cloud";
}

/** A refusal with this code, unless a fault lets the call pass. */
export const refuse = (context: Context, code: string, place: Place = {}): Refused | undefined =>
  throughFaults(
    throughTwins(
      { refused: true, stage: context.stage, code, says: "", at: "", breach: "", value: undefined, ...place },
      context,
    ),
    context,
  );

/** What the documents leave open is accepted, but by a twin. */
export const refuseOpen = (context: Context, place: Place, codes: readonly string[] = []): Refused | undefined =>
  refusesOpen(context) ? refuse(context, codes[0] ?? openCode(context), place) : undefined;

/** The first code of what the spec says of a breach. A `may` leaves it to the server, and this one lets it pass. */
export function refuseBreach(
  context: Context,
  refusal: Refusal | undefined,
  otherwise: string,
  place: Place,
): Refused | undefined {
  if (refusal?.level === "may") return refuseOpen(context, place);
  return refuse(context, refusal?.codes[0] ?? otherwise, place);
}
