/** Names, attributes and text → XML 1.0 elements; whatever the text holds, the result is well-formed. */
import { XMLBuilder } from "fast-xml-parser";
import { oneLine, showControls } from "../text/visible-text.ts";

export type Attributes = Readonly<Record<string, string>>;
/** What an element holds: attributes (from `attributes`), text (`#text`) and child elements by name, in this order. */
export type XmlContent = { readonly [name: string]: string | XmlContent | readonly XmlContent[] };

const builder = new XMLBuilder({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  // Else the value "true" would become an attribute without a value, which XML does not have.
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
});

/** Attributes as an element's content takes them, each on one line, since a parser would turn line ends into spaces. */
export function attributes(given: Attributes): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [`@${name}`, oneLine(value)]));
}

/**
 * Text as an element holds it. Jenkins, GitLab and others take `[[ATTACHMENT|PATH]]` in an output for an order to keep that
 * file; what a target says gives no orders, so such a mark is broken up.
 */
export function xmlText(text: string): string {
  return showControls(text).replace(/\[(?=\[\s*\/?\s*(?:attachment|property)\b)/gi, "[ ");
}

/** One element, complete, with a line feed. Text in `inside` that is not an attribute has to come from `content`. */
export function element(name: string, given: Attributes, inside: XmlContent | string = {}): string {
  const body = typeof inside === "string" ? { "#text": xmlText(inside) } : inside;
  const text = builder.build({ [name]: { ...attributes(given), ...body } });
  // A parser turns a bare carriage return into a line feed.
  return text.replaceAll("\r", "&#13;");
}

/** The start tag of an element whose content is streamed after it. */
export function startTag(name: string, given: Attributes): string {
  return element(name, given).replace(/\/>\n$/, ">\n");
}
