/** A request's body → its bytes or its text. */

/** The bytes that are sent; text is encoded as UTF-8. */
export function bodyBytes(body: string | Uint8Array): Uint8Array {
  return typeof body === "string" ? Buffer.from(body) : body;
}

/** The body decoded as UTF-8; invalid bytes become U+FFFD. */
export function bodyText(body: string | Uint8Array): string {
  return typeof body === "string" ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
}
