/** A service file → Service, its actions still to come. */
import type { Action, Envelope, Json, Members, Resource, Service } from "../../model/index.ts";
import type { RawResource, RawService } from "./raw-types.ts";
import { parseRate, toArray, toError } from "./shared-fields.ts";

/** `actions` is filled by the loader: an action points to its service, and the service to its actions. */
export function toService(raw: RawService, envelope: Envelope, actions: ReadonlyMap<string, Action>): Service {
  const [provider = "", name = ""] = raw.service.split("/");
  const pace = parseRate(raw.pace);
  return {
    id: raw.service,
    provider,
    name,
    version: raw.version,
    says: raw.says,
    host: raw.host,
    scope: raw.scope ?? name,
    ...(raw.target === undefined ? {} : { target: raw.target }),
    envelope,
    bindings: raw.bindings,
    ...(pace === undefined ? {} : { pace }),
    errors: new Map(Object.entries(raw.errors ?? {}).map(([code, e]) => [code, toError(code, e ?? {}, raw.source)])),
    resources: new Map(Object.entries(raw.resources ?? {}).map(([r, v]) => [r, toResource(r, v)])),
    ...(raw.ping ? { ping: { call: raw.ping.call, with: raw.ping.with ?? {} } } : {}),
    ...(raw.account ? { account: toAccount(raw.account) } : {}),
    actions,
  };
}

const toAccount = (raw: NonNullable<RawService["account"]>): NonNullable<Service["account"]> =>
  "credential" in raw ? raw : { ...raw, given: raw.given ?? {} };

function toResource(name: string, raw: RawResource): Resource {
  return {
    name,
    ...(raw.create === undefined ? {} : { create: raw.create }),
    with: raw.with ?? {},
    id: raw.id,
    in: toArray(raw.in),
    ...(raw.needs === undefined ? {} : { needs: raw.needs }),
    ...(raw.unknown === undefined ? {} : { unknown: raw.unknown }),
    ...(raw.delete === undefined ? {} : { delete: raw.delete }),
    goneWith: toArray(raw["gone-with"]),
    ...(raw["last-of"] === undefined ? {} : { lastOf: raw["last-of"] }),
    settles: raw.settles ?? 0,
    ...(raw.find ? { find: toLookup(raw.find) } : {}),
    probes: new Map(
      Object.entries(raw.probes ?? {}).map(([n, p]) => [
        n,
        { ...p, with: p.with ?? {}, ...(p.refused ? { refused: p.refused.map(String) } : {}) } as never,
      ]),
    ),
  };
}

function toLookup(raw: NonNullable<RawResource["find"]>): NonNullable<Resource["find"]> {
  const { call, with: w, pages, in: at, id, ...match } = raw as Record<string, Json> & typeof raw;
  return {
    call: String(call),
    with: (w ?? {}) as Members,
    ...(pages === undefined ? {} : { pages: pages as never }),
    in: String(at),
    id: String(id),
    match: match as Members,
  };
}
