/** An envelope file → Envelope. */
import type { Common, Envelope, Front, Shape } from "../../model/index.ts";
import type { RawEnvelope, RawShape } from "./raw-types.ts";
import { toError, toRefusals, toSource } from "./shared-fields.ts";

const toShape = (raw: RawShape): Shape => ({ ...raw, emptyBody: raw.emptyBody ?? false });

export function toEnvelope(raw: RawEnvelope): Envelope {
  const { refusal, success } = raw.discriminator;
  return {
    name: raw.envelope,
    says: raw.says,
    source: raw.source,
    success: toShape(raw.success),
    refusal: toShape(raw.refusal),
    discriminator: refusal
      ? { kind: "refusal-has", at: refusal.has }
      : success && success !== "status"
        ? { kind: "success-is", at: success.at, value: success.is }
        : { kind: "status" },
    output: raw.output ?? "",
    code: raw.code,
    requestId: raw.requestId === "none" ? null : raw.requestId,
    common: new Map(Object.keys(raw.common ?? {}).map((binding) => [binding, commonOf(raw, binding, new Set())])),
    front: new Map(Object.keys(raw.common ?? {}).map((binding) => [binding, frontOf(raw, binding, new Set())])),
    codes: new Map(Object.entries(raw.codes ?? {}).map(([code, e]) => [code, toError(code, e ?? {}, raw.source)])),
    lacks: (raw.lacks ?? []).map(String),
  };
}

/** A binding's own parameters over those of the binding that it extends. */
function commonOf(raw: RawEnvelope, binding: string, seen: Set<string>): Common[] {
  const own = raw.common?.[binding];
  if (!own || seen.has(binding)) return [];
  seen.add(binding);
  const inherited = own.extend ? commonOf(raw, own.extend, seen) : [];
  const placed = new Map(inherited.map((c) => [c.name, own.in ? { ...c, in: own.in } : c]));
  for (const [name, p] of Object.entries(own.parameters ?? {})) {
    const source = toSource(p.source, raw.source);
    placed.set(name, {
      name,
      printed: { name: p.printed?.name ?? name, type: p.printed?.type ?? "String" },
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
function frontOf(raw: RawEnvelope, binding: string, seen: Set<string>): Front {
  const own = raw.common?.[binding];
  if (!own || seen.has(binding)) return { refusals: new Map() };
  seen.add(binding);
  const inherited: Front = own.extend ? frontOf(raw, own.extend, seen) : { refusals: new Map() };
  const size = own.size ?? inherited.size;
  return {
    ...(size === undefined ? {} : { size }),
    refusals: own.refusals ? toRefusals(own.refusals, raw.source) : inherited.refusals,
  };
}
