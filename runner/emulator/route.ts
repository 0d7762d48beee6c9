/** A request → the service and the action that it addresses. */
import type { Action, HttpRequest, ParsedRequest, Service } from "../model/index.ts";
import type { ServiceFamily } from "./gateway-codes.ts";
import { requestHeader } from "./header.ts";

export interface Route {
  readonly service?: Service;
  readonly action?: Action;
}

/** All services share one port, so the host seldom identifies one: each family has an identification of its own. */
export function routeRequest(
  services: readonly Service[],
  family: ServiceFamily,
  received: ParsedRequest,
  request: HttpRequest,
  path: string,
): Route {
  const candidates = services.filter((s) => s.bindings.includes(received.binding));
  if (family === "tencent-im") return byPath(candidates, path);
  if (family === "aws-json")
    return byTarget(candidates, requestHeader(request, "x-amz-target") ?? "", received.service);
  return byAction(candidates, received, (requestHeader(request, "host") ?? "").replace(/:\d+$/, ""));
}

function byPath(services: readonly Service[], path: string): Route {
  for (const service of services) {
    for (const action of service.actions.values()) if (action.path === path) return { service, action };
  }
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const command = path.slice(path.lastIndexOf("/"));
  const hasPath = (isPart: (path: string) => boolean) =>
    services.find((s) => [...s.actions.values()].some((a) => a.path !== undefined && isPart(a.path)));
  const service = hasPath((p) => p.startsWith(folder)) ?? hasPath((p) => p.endsWith(command));
  return service ? { service } : {};
}

/** By the header X-Amz-Target; where it names no service, the credential scope identifies at least that. */
function byTarget(services: readonly Service[], target: string, scope: string | undefined): Route {
  const dot = target.indexOf(".");
  const named = services.find((s) => s.targetPrefix === target.slice(0, dot));
  if (named) return withAction(named, target.slice(dot + 1));
  const service = services.find((s) => s.credentialScope === scope);
  return service ? { service } : {};
}

/** By the service's own host, then by the service that has the action in that version; the credential scope decides between several. */
function byAction(
  services: readonly Service[],
  { action, version, service: scope }: ParsedRequest,
  host: string,
): Route {
  const onHost = services.filter((s) => s.host === host);
  const candidates = onHost.length > 0 ? onHost : services;
  const hasAction = (s: Service) => s.actions.has(action ?? "");
  const byPriority = [
    candidates.filter((s) => s.version === version && hasAction(s)),
    candidates.filter((s) => s.credentialScope === scope),
    candidates.filter((s) => s.version === version),
    candidates.filter(hasAction),
    candidates,
  ];
  const best = byPriority.find((matches) => matches.length > 0) ?? [];
  const service = best.find((s) => s.credentialScope === scope) ?? best[0];
  return service ? withAction(service, action) : {};
}

function withAction(service: Service, name: string | undefined): Route {
  const action = service.actions.get(name ?? "");
  return action ? { service, action } : { service };
}
