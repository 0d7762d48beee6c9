/** A request → the context that the pipeline works on. */
import type { HttpRequest, ParsedRequest, Protocol, Service } from "../model/index.ts";
import { protocols } from "../protocols/index.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { familyByProtocol, gatewayCodes, type ServiceFamily } from "./gateway-codes.ts";
import { requestHeader } from "./header.ts";
import type { Behaviour, RequestContext } from "./request-context.ts";
import { routeRequest } from "./route.ts";

/** Reads as much of a request as can be read, and refuses nothing. */
export function readRequest(
  emulator: EmulatorState,
  behaviour: Behaviour,
  request: HttpRequest,
  oversize: boolean,
): RequestContext {
  const path = request.path.split("?", 1)[0] ?? "";
  const parsed = parseRequest(request);
  const family = (parsed && familyByProtocol[parsed.protocol.id]) ?? guessFamily(request, path);
  const route = parsed ? routeRequest(emulator.services, family, parsed.received, request, path) : {};
  const service = route.service;
  const envelope = parsed && envelopeOf(emulator, family, service);
  return {
    emulator,
    behaviour,
    request,
    oversize,
    path,
    now: emulator.now(),
    family,
    codes: gatewayCodes[family],
    protocol: parsed?.protocol,
    received: parsed?.received,
    service,
    action: route.action,
    commonParameters: envelope?.common.get(parsed?.received.binding ?? "") ?? [],
    gatewayRules: envelope?.gatewayRules.get(parsed?.received.binding ?? ""),
    overlappingCalls: 0,
    stage: "",
    members: {},
    output: {},
    refusal: undefined,
  };
}

function parseRequest(request: HttpRequest): { protocol: Protocol; received: ParsedRequest } | undefined {
  for (const protocol of protocols) {
    const received = protocol.parseRequest(request);
    if (received) return { protocol, received };
  }
  return undefined;
}

const envelopeOf = (emulator: EmulatorState, family: ServiceFamily, service: Service | undefined) =>
  (service ?? emulator.services.find((s) => s.envelope.name === family))?.envelope;

/** For a request that no protocol can read: the family whose envelope its refusal gets. */
function guessFamily(request: HttpRequest, path: string): ServiceFamily {
  // A client joins a base URL that ends in a slash with the path.
  if (/^\/+v4\//.test(path)) return "tencent-im";
  const type = requestHeader(request, "content-type") ?? "";
  return type.includes("x-amz-json") || requestHeader(request, "x-amz-target") !== undefined
    ? "aws-json"
    : "tencent-cloud";
}
