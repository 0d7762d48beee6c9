/** An envelope and a body → the code of a refusal, or null for a success. */
import jsonpointer from "jsonpointer";
import type { Envelope, Json } from "../model/index.ts";

/** Reads a documented body, whose form nobody doubts; answers of a target are read by `protocols/decode`. */
export function documentedErrorCode(envelope: Envelope, body: Json): string | null {
  const at = (pointer: string): unknown =>
    typeof body === "object" && body !== null ? jsonpointer.get(body, pointer) : undefined;
  const { discriminator: d } = envelope;
  const refused =
    d.kind === "refusal-has"
      ? at(d.pointer) !== undefined
      : d.kind === "success-is"
        ? at(d.pointer) !== d.value
        : envelope.code.locations.some((p) => "body" in p && at(p.body) !== undefined);
  if (!refused) return null;
  for (const place of envelope.code.locations) {
    const code = "body" in place ? at(place.body) : undefined;
    if (code !== undefined) return typeof code === "object" ? JSON.stringify(code) : String(code);
  }
  return "";
}
