/** Names, attributes and text → XML 1.0 elements, well-formed for any text. */
import { XMLBuilder } from "fast-xml-parser";
import { oneLine, showControls } from "../text/visible-text.ts";

export type Attributes = Readonly<Record<string, string>>;
/** Content of an element: attributes (from `attributes`), text (`#text`) and child elements by name, in this order. */
export type XmlContent = { readonly [name: string]: string | XmlContent | readonly XmlContent[] };

const builder = new XMLBuilder({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  // Otherwise the value "true" becomes an attribute without a value, which XML does not allow.
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
});

/** Attributes as members of `XmlContent`, each on one line, because a parser turns line ends into spaces. */
export function attributes(values: Attributes): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`@${name}`, oneLine(value)]));
}

/**
 * Text of an element. Jenkins, GitLab and others read `[[ATTACHMENT|PATH]]` in an output as a command to keep that file;
 * text of a target must not give commands, so the brackets are separated.
 */
export function xmlText(text: string): string {
  return showControls(text).replace(/\[(?=\[\s*\/?\s*(?:attachment|property)\b)/gi, "[ ");
}

/** One complete element with a line feed. Text in `inside` that is not an attribute must come from `xmlText`. */
export function element(name: string, values: Attributes, inside: XmlContent | string = {}): string {
  const body = typeof inside === "string" ? { "#text": xmlText(inside) } : inside;
  const text = builder.build({ [name]: { ...attributes(values), ...body } });
  // A parser turns an unescaped carriage return into a line feed.
  return text.replaceAll("\r", "&#13;");
}

/** The start tag of an element whose content the caller streams. */
export function startTag(name: string, values: Attributes): string {
  return element(name, values).replace(/\/>\n$/, ">\n");
}
