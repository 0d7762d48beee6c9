/** A TC3 secret, date and service → the signing key and the signature. */
import { createHmac } from "node:crypto";
import { memoize } from "../../values/memoize.ts";
import { TERMINATOR } from "./canonical-request.ts";

/** The chain of derived keys; `signing` is the last one. `date` has the form `2019-02-25`. */
export function deriveKeys(
  secret: string,
  date: string,
  service: string,
  terminator = TERMINATOR,
): { [step in "date" | "service" | "signing"]: Buffer } {
  const dateKey = createHmac("sha256", `TC3${secret}`).update(date).digest();
  const serviceKey = createHmac("sha256", dateKey).update(service).digest();
  const signing = createHmac("sha256", serviceKey).update(terminator).digest();
  return { date: dateKey, service: serviceKey, signing };
}

const signingKeys = memoize<Buffer>(256);

/** The signature of `text` in hex; signing keys are cached by secret and scope. */
export function computeSignature(
  secret: string,
  date: string,
  service: string,
  text: string,
  terminator = TERMINATOR,
): string {
  const key = signingKeys(
    `${date}\n${service}\n${terminator}\n${secret}`,
    () => deriveKeys(secret, date, service, terminator).signing,
  );
  return createHmac("sha256", key).update(text).digest("hex");
}
