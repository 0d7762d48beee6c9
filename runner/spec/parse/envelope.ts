/** An envelope file → Envelope. */
import type { CommonParameter, Envelope, GatewayRules, ResponseShape } from "../../model/index.ts";
import type { RawEnvelope, RawShape } from "./raw-types.ts";
import { toError, toRefusals, toSource } from "./shared-fields.ts";

const toShape = (raw: RawShape): ResponseShape => ({ ...raw, emptyBody: raw.emptyBody ?? false });

export function toEnvelope(raw: RawEnvelope): Envelope {
  const { refusal, success } = raw.discriminator;
  return {
    name: raw.envelope,
    description: raw.description,
    source: raw.source,
    success: toShape(raw.success),
    refusal: toShape(raw.refusal),
    discriminator: refusal
      ? { kind: "refusal-has", pointer: refusal.existingPointer }
      : success && success !== "status"
        ? { kind: "success-is", pointer: success.pointer, value: success.equals }
        : { kind: "status" },
    output: raw.output ?? "",
    code: {
      ...raw.code,
      readers: new Map(
        Object.entries(raw.code.readers ?? {}).map(([client, places]) => [
          client,
          places.map((place) => (place.startsWith("/") ? place : `header:${place}`)),
        ]),
      ),
    },
    requestId: raw.requestId === "none" ? null : raw.requestId,
    common: new Map(
      Object.keys(raw.bindings ?? {}).map((binding) => [binding, commonParametersOf(raw, binding, new Set())]),
    ),
    gatewayRules: new Map(
      Object.keys(raw.bindings ?? {}).map((binding) => [binding, gatewayRulesOf(raw, binding, new Set())]),
    ),
    codes: new Map(Object.entries(raw.codes ?? {}).map(([code, e]) => [code, toError(code, e ?? {}, raw.source)])),
    notImplementedCodes: (raw.notImplementedCodes ?? []).map(String),
  };
}

/** The parameters of a binding: those of the binding that it extends, replaced or completed by its own. */
function commonParametersOf(raw: RawEnvelope, binding: string, visited: Set<string>): CommonParameter[] {
  const own = raw.bindings?.[binding];
  if (!own || visited.has(binding)) return [];
  visited.add(binding);
  const inherited = own.extends ? commonParametersOf(raw, own.extends, visited) : [];
  const byName = new Map(inherited.map((c) => [c.name, own.in ? { ...c, in: own.in } : c]));
  for (const [name, p] of Object.entries(own.parameters ?? {})) {
    const source = toSource(p.source, raw.source);
    byName.set(name, {
      name,
      asDocumented: { name: p.asDocumented?.name ?? name, type: p.asDocumented?.type ?? "String" },
      in: p.in ?? own.in ?? "header",
      required: p.required ?? false,
      schema: p.schema,
      signed: p.signed ?? false,
      refusals: toRefusals(p.refusals, source),
      conflicts: (p.conflicts ?? []).map((c) => ({ ...c, source: toSource(c.source, source) })),
    });
  }
  return [...byName.values()];
}

/** A binding with refusals of its own inherits none: those of a binding with a body do not apply to one with a query. */
function gatewayRulesOf(raw: RawEnvelope, binding: string, visited: Set<string>): GatewayRules {
  const own = raw.bindings?.[binding];
  if (!own || visited.has(binding)) return { refusals: new Map() };
  visited.add(binding);
  const inherited: GatewayRules = own.extends ? gatewayRulesOf(raw, own.extends, visited) : { refusals: new Map() };
  const maxBytes = own.maxBytes ?? inherited.maxBytes;
  return {
    ...(maxBytes === undefined ? {} : { maxBytes }),
    refusals: own.refusals ? toRefusals(own.refusals, raw.source) : inherited.refusals,
  };
}
