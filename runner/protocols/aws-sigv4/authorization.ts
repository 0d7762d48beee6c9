/** The Authorization header of Signature Version 4 ⇔ its parts. */
import { ALGORITHM } from "./canonical-request.ts";

export interface Authorization {
  readonly id: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export function writeAuthorization(id: string, scope: string, signed: readonly string[], signature: string): string {
  return `${ALGORITHM} Credential=${id}/${scope}, SignedHeaders=${signed.join(";")}, Signature=${signature}`;
}

/** `foreign` for another scheme, `incomplete` if a part is missing, empty or repeated. */
export function readAuthorization(text: string): Authorization | "foreign" | "incomplete" {
  if (!text.startsWith("AWS4-")) return "foreign";
  if (!text.startsWith(`${ALGORITHM} `)) return "incomplete";
  const parts = new Map<string, string>();
  for (const part of text.slice(ALGORITHM.length).split(",")) {
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim();
    if (at < 0 || parts.has(name)) return "incomplete";
    parts.set(name, part.slice(at + 1).trim());
  }
  const [id, day, region, service, terminator, ...rest] = (parts.get("Credential") ?? "").split("/");
  const signed = parts.get("SignedHeaders");
  const signature = parts.get("Signature");
  if (!id || !day || !region || !service || !terminator || rest.length > 0 || !signed || !signature)
    return "incomplete";
  return { id, day, region, service, terminator, signedHeaders: signed.split(";"), signature };
}
