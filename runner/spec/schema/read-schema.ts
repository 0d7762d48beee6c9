/** A kind of file → its JSON Schema from specs/schema, together with the definitions of shared.schema.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtInSpecs } from "../package-root.ts";

export const FILE_KINDS = ["action", "service", "envelope", "target", "known"] as const;

export type FileKind = (typeof FILE_KINDS)[number];

export type JsonSchema = { [keyword: string]: unknown };

const read = (name: string): JsonSchema =>
  JSON.parse(readFileSync(join(builtInSpecs(), "schema", `${name}.schema.json`), "utf8")) as JsonSchema;

/** Every `$ref` of the result has the form `#/$defs/NAME`. */
export function readSchema(kind: FileKind): JsonSchema {
  const schema = read(kind);
  const $defs = { ...(read("shared")["$defs"] as object), ...(schema["$defs"] as object | undefined) };
  return JSON.parse(JSON.stringify({ ...schema, $defs }).replaceAll('"shared.schema.json#/', '"#/')) as JsonSchema;
}
