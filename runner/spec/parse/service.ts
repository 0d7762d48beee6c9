/** A service file → Service, whose actions are loaded later. */
import type { Action, CallMembers, Envelope, Json, Resource, Service } from "../../model/index.ts";
import type { RawResource, RawService } from "./raw-types.ts";
import { parseRate, toArray, toError } from "./shared-fields.ts";

/** The loader fills `actions` later, because each action refers to its service. */
export function toService(raw: RawService, envelope: Envelope, actions: ReadonlyMap<string, Action>): Service {
  const [provider = "", name = ""] = raw.service.split("/");
  const rateLimit = parseRate(raw.rateLimit);
  return {
    id: raw.service,
    provider,
    name,
    version: raw.version,
    description: raw.description,
    host: raw.host,
    credentialScope: raw.credentialScope ?? name,
    ...(raw.targetPrefix === undefined ? {} : { targetPrefix: raw.targetPrefix }),
    envelope,
    bindings: raw.bindings,
    ...(rateLimit === undefined ? {} : { rateLimit }),
    errors: new Map(Object.entries(raw.errors ?? {}).map(([code, e]) => [code, toError(code, e ?? {}, raw.source)])),
    resources: new Map(Object.entries(raw.resources ?? {}).map(([r, v]) => [r, toResource(r, v)])),
    ...(raw.ping ? { ping: { call: raw.ping.call, with: raw.ping.members ?? {} } } : {}),
    ...(raw.account ? { account: toAccount(raw.account) } : {}),
    actions,
  };
}

const toAccount = (raw: NonNullable<RawService["account"]>): NonNullable<Service["account"]> =>
  "credential" in raw ? raw : { ...raw, requirements: raw.requirements ?? {} };

function toResource(name: string, raw: RawResource): Resource {
  return {
    name,
    ...(raw.create === undefined ? {} : { create: raw.create }),
    createMembers: raw.createMembers ?? {},
    id: raw.id,
    containers: toArray(raw.containers),
    ...(raw.requiredFromTarget === undefined ? {} : { requiredFromTarget: raw.requiredFromTarget }),
    ...(raw.unknownIdPattern === undefined ? {} : { unknownIdPattern: raw.unknownIdPattern }),
    ...(raw.delete === undefined ? {} : { delete: raw.delete }),
    deletedWith: toArray(raw.deletedWith),
    ...(raw.deletedAfterLast === undefined ? {} : { deletedAfterLast: raw["deletedAfterLast"] }),
    consistencySeconds: raw.consistencySeconds ?? 0,
    ...(raw.lookup ? { lookup: toLookup(raw.lookup) } : {}),
    probes: new Map(
      Object.entries(raw.probes ?? {}).map(([n, p]) => [
        n,
        {
          ...p,
          members: p.members ?? {},
          ...(p.expectCodes ? { expectCodes: p.expectCodes.map(String) } : {}),
        } as never,
      ]),
    ),
  };
}

/** All keys that the schema does not declare are members by which an entry is found. */
function toLookup(raw: NonNullable<RawResource["lookup"]>): NonNullable<Resource["lookup"]> {
  const { call, members, pagination, listPointer, idMember, ...match } = raw as Record<string, Json> & typeof raw;
  return {
    call: String(call),
    members: (members ?? {}) as CallMembers,
    ...(pagination === undefined ? {} : { pagination: pagination as never }),
    listPointer: String(listPointer),
    idMember: String(idMember),
    match: match as CallMembers,
  };
}
