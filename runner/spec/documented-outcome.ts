/** An envelope and a documented response body → the code of a refusal, or null for a success. */
import jsonpointer from "jsonpointer";
import type { Envelope, Json } from "../model/index.ts";

/**
 * For bodies that a document prints, which are known to be well formed; responses of a target are decoded by
 * `http/decode.ts`. A refusal without a code gives an empty text.
 */
export function documentedErrorCode(envelope: Envelope, body: Json): string | null {
  const valueAtSteps = (pointer: string): unknown =>
    typeof body === "object" && body !== null ? jsonpointer.get(body, pointer) : undefined;
  const { discriminator } = envelope;
  const refused =
    discriminator.kind === "refusal-has"
      ? valueAtSteps(discriminator.pointer) !== undefined
      : discriminator.kind === "success-is"
        ? valueAtSteps(discriminator.pointer) !== discriminator.value
        : envelope.code.locations.some((p) => "body" in p && valueAtSteps(p.body) !== undefined);
  if (!refused) return null;
  for (const location of envelope.code.locations) {
    const code = "body" in location ? valueAtSteps(location.body) : undefined;
    if (code !== undefined) return typeof code === "object" ? JSON.stringify(code) : String(code);
  }
  return "";
}
