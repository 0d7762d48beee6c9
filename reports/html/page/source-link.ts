/** Source of a case → text, with a link where it is a web page. The page itself loads nothing from the link. */
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
