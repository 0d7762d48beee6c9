/** A TC3 secret, date and service → the signing key and the signature. */
import { createHmac } from "node:crypto";
import { memoize } from "../shared/memoize.ts";
import { TERMINATOR } from "./canonical-request.ts";

/** The chain of derived keys; the last one signs. `date` is `2019-02-25`. */
export function deriveKeys(
  secret: string,
  date: string,
  service: string,
): { [step in "date" | "service" | "signing"]: Buffer } {
  const ofDate = createHmac("sha256", `TC3${secret}`).update(date).digest();
  const ofService = createHmac("sha256", ofDate).update(service).digest();
  return { date: ofDate, service: ofService, signing: createHmac("sha256", ofService).update(TERMINATOR).digest() };
}

const keys = memoize<Buffer>(256);

/** The signature of `text` in hex; keys are kept by secret, date and service. */
export function computeSignature(secret: string, date: string, service: string, text: string): string {
  const key = keys(`${date}\n${service}\n${secret}`, () => deriveKeys(secret, date, service).signing);
  return createHmac("sha256", key).update(text).digest("hex");
}
