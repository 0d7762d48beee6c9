/** An altered signature is another one of the same length and alphabet, and its alteration undoes itself. */
import { expect, test } from "vitest";
import { alterSignature } from "./alter-signature.ts";

const hex = "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168";
const base64 = "EliP9YW3pW28FpsEdkXt/+WcGeI=";

test.each([
  [hex, "first-character", `3${hex.slice(1)}`],
  [hex, "last-character", `${hex.slice(0, -1)}c`],
  [base64, "first-character", `A${base64.slice(1)}`],
  [base64, "last-character", `${base64.slice(0, -2)}M=`],
  [base64, "other-case", "eLIp9yw3Pw28fPSeDKxT/+wCgEi="],
] as const)("%s: %s", (signature, alteration, expected) => {
  const altered = alterSignature(signature, alteration);
  expect(altered).toBe(expected);
  expect(alterSignature(altered, alteration)).toBe(signature);
});

test("base64 stays canonical and means other bytes", () => {
  const altered = alterSignature(base64, "last-character");
  const bytes = Buffer.from(altered, "base64");
  expect(bytes.toString("base64")).toBe(altered);
  expect(bytes.equals(Buffer.from(base64, "base64"))).toBe(false);
});

test("without an alteration it is the same", () => expect(alterSignature(base64, undefined)).toBe(base64));
