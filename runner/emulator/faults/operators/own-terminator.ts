/** A request with a credential scope → its signature with a key that is derived from the scope as it was sent, also from a wrong last part. */
import type { HttpRequest } from "../../../model/index.ts";
import * as sigv4Authorization from "../../../protocols/aws-sigv4/authorization.ts";
import * as sigv4 from "../../../protocols/aws-sigv4/canonical-request.ts";
import * as sigv4Key from "../../../protocols/aws-sigv4/signing-key.ts";
import * as tc3Authorization from "../../../protocols/tc3/authorization.ts";
import * as tc3 from "../../../protocols/tc3/canonical-request.ts";
import * as tc3Key from "../../../protocols/tc3/signing-key.ts";
import { requestHeader } from "../../header.ts";

/** True where the signature is correct for the scope as it was sent. `secret`: the key of the caller. */
export function isCorrectForItsScope(request: HttpRequest, secret: string): boolean {
  const header = requestHeader(request, "authorization") ?? "";
  const own = tc3Authorization.readAuthorization(header);
  if (own) {
    const { date, service, terminator } = own;
    const canonical = tc3.canonicalRequest(request, own.signedHeaders);
    const time = requestHeader(request, "x-tc-timestamp") ?? "";
    const text = tc3.stringToSign(time, `${date}/${service}/${terminator}`, canonical);
    return own.signature === tc3Key.computeSignature(secret, date, service, text, terminator);
  }
  const aws = sigv4Authorization.readAuthorization(header);
  if (typeof aws === "string") return false;
  const { day, region, service, terminator } = aws;
  const canonical = sigv4.canonicalRequest(request, aws.signedHeaders);
  const time = requestHeader(request, "x-amz-date") ?? "";
  const text = sigv4.stringToSign(time, `${day}/${region}/${service}/${terminator}`, canonical);
  return aws.signature === sigv4Key.computeSignature(secret, day, region, service, text, terminator);
}
