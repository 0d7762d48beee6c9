/** A limiting keyword → how a value is measured against it, and on which side of the limit values break it. */
import type { Json, Parameter, Place, Schema, SpecConflict } from "../../../model/index.ts";
import { codePointLength, utf8Length } from "../../text-length.ts";

interface Limit {
  /** Undefined for a value that has no such size. */
  readonly sizeOf: (value: Json) => number | undefined;
  /** The distance from the limit to the first size that breaks it. */
  readonly beyond: 1 | -1;
  /** The range of a conflict that covers sizes of this kind. */
  readonly range?: "length" | "bytes" | "items";
  readonly unit: string;
}

const ofText = (size: (text: string) => number) => (value: Json) =>
  typeof value === "string" ? size(value) : undefined;
const ofList = (value: Json) => (Array.isArray(value) ? value.length : undefined);
const ofObject = (value: Json) =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value).length : undefined;
const ofNumber = (value: Json) => (typeof value === "number" ? value : undefined);

export const limits: Readonly<Record<string, Limit>> = {
  minLength: { sizeOf: ofText(codePointLength), beyond: -1, range: "length", unit: "characters" },
  maxLength: { sizeOf: ofText(codePointLength), beyond: 1, range: "length", unit: "characters" },
  "x-minBytes": { sizeOf: ofText(utf8Length), beyond: -1, range: "bytes", unit: "bytes" },
  "x-maxBytes": { sizeOf: ofText(utf8Length), beyond: 1, range: "bytes", unit: "bytes" },
  minItems: { sizeOf: ofList, beyond: -1, range: "items", unit: "items" },
  maxItems: { sizeOf: ofList, beyond: 1, range: "items", unit: "items" },
  minProperties: { sizeOf: ofObject, beyond: -1, unit: "members" },
  maxProperties: { sizeOf: ofObject, beyond: 1, unit: "members" },
  minimum: { sizeOf: ofNumber, beyond: -1, unit: "" },
  maximum: { sizeOf: ofNumber, beyond: 1, unit: "" },
};

export const limitValue = (schema: Schema, keyword: string): number | undefined => {
  const value = (schema as Record<string, unknown>)[keyword];
  return typeof value === "number" ? value : undefined;
};

/** True where a value of this size can be sent and no conflict of the documents covers it. */
export function isSizeDecided(p: Parameter, { schema, conflicts }: Place, keyword: string, size: number): boolean {
  const { range } = limits[keyword] ?? {};
  const isDisputed = (c: SpecConflict) => {
    const disputed = range && c[range];
    return disputed && size >= disputed[0] && size <= disputed[1];
  };
  if (conflicts.some(isDisputed)) return false;
  return range === "length" || range === "bytes"
    ? schema.type === "string" && schema.enum === undefined && isFreeText(schema, p.anchored)
    : true;
}

/** False for a pattern that demands a form, such as a prefix, so that no text of any length can be made of plain letters. */
function isFreeText({ pattern }: Schema, wholeValue: boolean): boolean {
  return (
    pattern === undefined || (wholeValue ? new RegExp(`^(?:${pattern})$`, "u") : new RegExp(pattern, "u")).test("a")
  );
}
