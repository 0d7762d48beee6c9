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
    code: raw.code,
    requestId: raw.requestId === "none" ? null : raw.requestId,
    common: new Map(Object.keys(raw.bindings ?? {}).map((binding) => [binding, commonOf(raw, binding, new Set())])),
    gatewayRules: new Map(
      Object.keys(raw.bindings ?? {}).map((binding) => [binding, frontOf(raw, binding, new Set())]),
    ),
    codes: new Map(Object.entries(raw.codes ?? {}).map(([code, e]) => [code, toError(code, e ?? {}, raw.source)])),
    notImplementedCodes: (raw.notImplementedCodes ?? []).map(String),
  };
}

/** A binding's own parameters over those of the binding that it extends. */
function commonOf(raw: RawEnvelope, binding: string, seen: Set<string>): CommonParameter[] {
  const own = raw.bindings?.[binding];
  if (!own || seen.has(binding)) return [];
  seen.add(binding);
  const inherited = own.extends ? commonOf(raw, own.extends, seen) : [];
  const placed = new Map(inherited.map((c) => [c.name, own.in ? { ...c, in: own.in } : c]));
  for (const [name, p] of Object.entries(own.parameters ?? {})) {
    const source = toSource(p.source, raw.source);
    placed.set(name, {
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
  return [...placed.values()];
}

/** A binding that has refusals of its own has no others: what holds for a body says nothing of a query. */
function frontOf(raw: RawEnvelope, binding: string, seen: Set<string>): GatewayRules {
  const own = raw.bindings?.[binding];
  if (!own || seen.has(binding)) return { refusals: new Map() };
  seen.add(binding);
  const inherited: GatewayRules = own.extends ? frontOf(raw, own.extends, seen) : { refusals: new Map() };
  const maxBytes = own.maxBytes ?? inherited.maxBytes;
  return {
    ...(maxBytes === undefined ? {} : { maxBytes }),
    refusals: own.refusals ? toRefusals(own.refusals, raw.source) : inherited.refusals,
  };
}
