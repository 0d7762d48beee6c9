/** JSON values ⇄ values that every JSON library carries without loss: integers beyond 2^53 as `{"$int": "…"}`, bytes as `{"$base64": "…"}`. */
import type { Json } from "../../model/index.ts";

/** Bytes become base64, integers that a double cannot hold become decimal text; everything else stays. */
export function toLossless(value: unknown): Json {
  if (typeof value === "bigint") return isSafe(value) ? Number(value) : { $int: String(value) };
  if (value instanceof Uint8Array) return { $base64: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(toLossless);
  if (typeof value !== "object" || value === null) return (value ?? null) as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, toLossless(member)]),
  );
}

/** Integers that a double can hold become numbers, so that `{"$int": "5"}` equals 5; all others and bytes stay as they are. */
export function fromLossless(value: Json): Json {
  if (Array.isArray(value)) return value.map(fromLossless);
  if (typeof value !== "object" || value === null) return value;
  const { $int: digits } = value;
  if (typeof digits === "string" && /^-?\d+$/.test(digits) && isSafe(BigInt(digits))) return Number(digits);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fromLossless(member)]));
}

const isSafe = (value: bigint): boolean => BigInt.asIntN(64, value) === value && Number.isSafeInteger(Number(value));
