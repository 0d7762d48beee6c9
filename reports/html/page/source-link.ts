/** A place in a document, as a link where it is a page of the web: nothing is loaded from it unless somebody follows it. */
import type { Source } from "../../../runner/model/index.ts";
import { formatSource } from "../../text/sentences.ts";
import { type Html, html } from "./markup.ts";

export function sourceLink(source: Source): Html {
  const { url } = source;
  const text = formatSource(source);
  return url !== undefined && /^https?:\/\//.test(url)
    ? html`<a href="${url}" rel="noreferrer">${text}</a>`
    : html`${text}`;
}
