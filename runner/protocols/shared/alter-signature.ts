/** A signature in hex or base64 → one that differs in a single character, or in the case of its letters. */
import type { SignatureAlteration } from "../../model/index.ts";

const HEX = "0123456789abcdef";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The signature itself where there is no alteration. The result is canonical hex or base64 of the same length. */
export function alterSignature(signature: string, alteration: SignatureAlteration | undefined): string {
  if (alteration === undefined) return signature;
  if (alteration === "other-case")
    return signature.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()));
  const digits = signature.replace(/=+$/, "");
  const at = alteration === "first-character" ? 0 : digits.length - 1;
  const alphabet = /^[0-9a-f]*$/.test(signature) ? HEX : BASE64;
  // The last base64 character of 20 or 32 bytes has two bits without meaning; the next one is always part of the signature.
  const other = alphabet[alphabet.indexOf(signature[at] ?? "") ^ 4] ?? "";
  return signature.slice(0, at) + other + signature.slice(at + 1);
}
