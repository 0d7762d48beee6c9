/** Untrusted text → HTML. Values of a template are escaped unless they are HTML that another template made. */
import { controlPicture, showControls } from "../../text/visible-text.ts";

/** Only `html` creates it, so that no text of a target becomes markup. */
export interface Html {
  readonly [htmlText]: string;
}

export type Content = string | number | Html | readonly Content[];

const htmlText = Symbol("html");

/** A piece of a page. Values are allowed between tags and inside quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return { [htmlText]: strings.reduce((text, next, i) => text + toMarkup(values[i - 1] ?? "") + next) };
}

/** The HTML text of a piece. */
export const toText = (piece: Html): string => piece[htmlText];

function toMarkup(value: Content): string {
  if (typeof value === "string") return escapeHtml(showControls(value).replaceAll("\r", "␍"));
  if (typeof value === "number") return String(value);
  return htmlText in value ? value[htmlText] : value.map(toMarkup).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? "");

/** Control and format characters (also bidirectional ones), spaces other than U+0020, surrogates. A run of one character is one match. */
const INVISIBLE = /((?![\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}\ufffe\uffff])\1*/gu;

/** Marks in one text. Each mark is many times longer than its character, so more would inflate the page. */
const MAX_MARKS = 100;

/** Text of a request or a response with each invisible character as a mark; its title is the code point. */
export function showInvisible(text: string): Html {
  const pieces: Content[] = [];
  let from = 0;
  let marks = 0;
  for (const { 0: repeated, 1: char = "", index } of text.matchAll(INVISIBLE)) {
    if (marks++ === MAX_MARKS) break;
    const code = char.codePointAt(0) ?? 0;
    const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    const times = repeated.length / char.length;
    const label = `${code < 0x80 ? controlPicture(char) : name}${times > 1 ? ` × ${times}` : ""}`;
    pieces.push(text.slice(from, index), html`<mark class="invisible" title="${name}">${label}</mark>`);
    from = index + repeated.length;
  }
  return html`${pieces}${text.slice(from)}`;
}
