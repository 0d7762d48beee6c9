/** The Authorization header of TC3 ⇔ its parts. */
import { ALGORITHM } from "./canonical-request.ts";

export interface Authorization {
  readonly id: string;
  readonly date: string;
  readonly service: string;
  readonly terminator: string;
  /** In the order of the header. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export function writeAuthorization(id: string, scope: string, signed: readonly string[], signature: string): string {
  return `${ALGORITHM} Credential=${id}/${scope}, SignedHeaders=${signed.join(";")}, Signature=${signature}`;
}

/** Null unless the text is the algorithm's name and the three parts, each exactly once and not empty, in any order. */
export function readAuthorization(text: string): Authorization | null {
  if (!text.startsWith(`${ALGORITHM} `)) return null;
  const parts = new Map<string, string>();
  for (const part of text.slice(ALGORITHM.length).split(",")) {
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim();
    if (at < 0 || parts.has(name)) return null;
    parts.set(name, part.slice(at + 1).trim());
  }
  const [id, date, service, terminator, ...rest] = (parts.get("Credential") ?? "").split("/");
  const signed = parts.get("SignedHeaders");
  const signature = parts.get("Signature");
  if (!id || !date || !service || !terminator || rest.length > 0 || !signed || !signature || parts.size !== 3)
    return null;
  return { id, date, service, terminator, signedHeaders: signed.split(";"), signature };
}
