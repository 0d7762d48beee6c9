/** What a request names → the service and the action that it means. */
import type { Action, HttpRequest, ParsedRequest, Service } from "../model/index.ts";
import type { ServiceFamily } from "./gateway-codes.ts";
import { requestHeader } from "./header.ts";

export interface Route {
  readonly service?: Service;
  readonly action?: Action;
}

/** Many services share one port, so the host says little; what each family tells them apart by, goes first. */
export function routeRequest(
  services: readonly Service[],
  family: ServiceFamily,
  received: ParsedRequest,
  request: HttpRequest,
  path: string,
): Route {
  const able = services.filter((s) => s.bindings.includes(received.binding));
  if (family === "tencent-im") return byPath(able, path);
  if (family === "aws-json") return byTarget(able, requestHeader(request, "x-amz-target") ?? "", received.service);
  return byAction(able, received, (requestHeader(request, "host") ?? "").replace(/:\d+$/, ""));
}

function byPath(services: readonly Service[], path: string): Route {
  for (const service of services) {
    for (const action of service.actions.values()) if (action.path === path) return { service, action };
  }
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const beside = services.find((s) => [...s.actions.values()].some((a) => a.path?.startsWith(folder)));
  return beside ? { service: beside } : {};
}

/** Without a target the credential scope tells at least the service. */
function byTarget(services: readonly Service[], target: string, scope: string | undefined): Route {
  if (target === "") {
    const service = services.find((s) => s.credentialScope === scope);
    return service ? { service } : {};
  }
  const dot = target.indexOf(".");
  const service = services.find((s) => s.targetPrefix === target.slice(0, dot));
  return service ? withAction(service, target.slice(dot + 1)) : {};
}

/** A service's own host decides; then who has the action in that version, told apart by the credential scope. */
function byAction(
  services: readonly Service[],
  { action, version, service: scope }: ParsedRequest,
  host: string,
): Route {
  const own = services.filter((s) => s.host === host);
  const among = own.length > 0 ? own : services;
  const has = (s: Service) => s.actions.has(action ?? "");
  const scoped = among.filter((s) => s.credentialScope === scope);
  const tries = [
    among.filter((s) => s.version === version && has(s)),
    scoped,
    among.filter((s) => s.version === version),
    among.filter(has),
    among,
  ];
  const best = tries.find((some) => some.length > 0) ?? [];
  const service = best.find((s) => s.credentialScope === scope) ?? best[0];
  return service ? withAction(service, action) : {};
}

function withAction(service: Service, name: string | undefined): Route {
  const action = service.actions.get(name ?? "");
  return action ? { service, action } : { service };
}
