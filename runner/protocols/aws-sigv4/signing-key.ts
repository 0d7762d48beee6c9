/** An AWS secret and a scope → the signing key and the signature. */
import { createHmac } from "node:crypto";
import { memoize } from "../../values/memoize.ts";
import { TERMINATOR } from "./canonical-request.ts";

/** The derived key; `day` has the form `20150830`. */
export function signingKey(
  secret: string,
  day: string,
  region: string,
  service: string,
  terminator = TERMINATOR,
): Buffer {
  let key: string | Buffer = `AWS4${secret}`;
  for (const step of [day, region, service, terminator]) key = createHmac("sha256", key).update(step).digest();
  return key as Buffer;
}

const signingKeys = memoize<Buffer>(256);

/** The signature of `text` in hex; signing keys are cached by secret and scope. */
export function computeSignature(
  secret: string,
  day: string,
  region: string,
  service: string,
  text: string,
  terminator = TERMINATOR,
): string {
  const key = signingKeys(`${day}\n${region}\n${service}\n${terminator}\n${secret}`, () =>
    signingKey(secret, day, region, service, terminator),
  );
  return createHmac("sha256", key).update(text).digest("hex");
}
