/** A request → the context with which it goes through the pipeline. */
import type { HttpRequest, ParsedRequest, Protocol, Service } from "../model/index.ts";
import { protocols } from "../protocols/index.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { familyByProtocol, gatewayCodes, type ServiceFamily } from "./gateway-codes.ts";
import { requestHeader } from "./header.ts";
import type { Behaviour, RequestContext } from "./request-context.ts";
import { routeRequest } from "./route.ts";

/** Reads a request as far as it can be read; decides nothing. */
export function readRequest(
  emulator: EmulatorState,
  behaviour: Behaviour,
  request: HttpRequest,
  oversize: boolean,
): RequestContext {
  const path = request.path.split("?", 1)[0] ?? "";
  const read = readBy(request);
  const family = (read && familyByProtocol[read.protocol.id]) ?? guessFamily(request, path);
  const found = read ? routeRequest(emulator.services, family, read.received, request, path) : {};
  const service = found.service;
  const envelope = read && envelopeOf(emulator, family, service);
  return {
    emulator,
    behaviour,
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
    front: envelope?.gatewayRules.get(read?.received.binding ?? ""),
    concurrentTwins: 0,
    stage: "",
    members: {},
    output: {},
    refused: undefined,
  };
}

function readBy(request: HttpRequest): { protocol: Protocol; received: ParsedRequest } | undefined {
  for (const protocol of protocols) {
    const received = protocol.parseRequest(request);
    if (received) return { protocol, received };
  }
  return undefined;
}

const envelopeOf = (emulator: EmulatorState, family: ServiceFamily, service: Service | undefined) =>
  (service ?? emulator.services.find((s) => s.envelope.name === family))?.envelope;

/** For a request that no protocol knows: in whose voice to refuse it. */
function guessFamily(request: HttpRequest, path: string): ServiceFamily {
  if (path.startsWith("/v4/")) return "tencent-im";
  const type = requestHeader(request, "content-type") ?? "";
  return type.includes("x-amz-json") || requestHeader(request, "x-amz-target") !== undefined
    ? "aws-json"
    : "tencent-cloud";
}
