/** An AWS secret and a scope → the signing key and the signature. */
import { createHmac } from "node:crypto";
import { memoize } from "../shared/memoize.ts";
import { TERMINATOR } from "./canonical-request.ts";

/** The derived key; `day` is `20150830`. */
export function signingKey(secret: string, day: string, region: string, service: string): Buffer {
  let key: string | Buffer = `AWS4${secret}`;
  for (const step of [day, region, service, TERMINATOR]) key = createHmac("sha256", key).update(step).digest();
  return key as Buffer;
}

const keys = memoize<Buffer>(256);

/** The signature of `text` in hex; keys are kept by secret and scope. */
export function computeSignature(secret: string, day: string, region: string, service: string, text: string): string {
  const key = keys(`${day}\n${region}\n${service}\n${secret}`, () => signingKey(secret, day, region, service));
  return createHmac("sha256", key).update(text).digest("hex");
}
