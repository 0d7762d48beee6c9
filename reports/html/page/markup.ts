/** Anybody's text → HTML. What is put into a template is escaped, unless it is HTML that a template made. */
import { controlPicture, showControls } from "../../text/visible-text.ts";

/** Made by `html` alone, so that no text of a target ever becomes markup. */
export interface Html {
  readonly [htmlText]: string;
}

export type Content = string | number | Html | readonly Content[];

const htmlText = Symbol("html");

/** A piece of a page. Values may stand between tags, and inside quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return { [htmlText]: strings.reduce((text, next, i) => text + markup(values[i - 1] ?? "") + next) };
}

/** The text of a piece, to be written. */
export const toText = (piece: Html): string => piece[htmlText];

function markup(value: Content): string {
  if (typeof value === "string") return escaped(showControls(value).replaceAll("\r", "␍"));
  if (typeof value === "number") return String(value);
  return htmlText in value ? value[htmlText] : value.map(markup).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? "");

/** Controls, blanks that look like others or like nothing, and what turns the direction of a line; the same again and again is one. */
const unseen = /((?![\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}\ufffe\uffff])\1*/gu;

/** Marks in one text: each is longer than what it stands for. */
const most = 100;

/** Text of a request or an answer: what an eye would miss is marked, and named for a pointer. */
export function showInvisible(text: string): Html {
  const pieces: Content[] = [];
  let from = 0;
  let marks = 0;
  for (const { 0: run, 1: char = "", index } of text.matchAll(unseen)) {
    if (marks++ === most) break;
    const code = char.codePointAt(0) ?? 0;
    const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    const times = run.length / char.length;
    const shown = `${code < 0x80 ? controlPicture(char) : name}${times > 1 ? ` × ${times}` : ""}`;
    pieces.push(text.slice(from, index), html`<mark class="unseen" title="${name}">${shown}</mark>`);
    from = index + run.length;
  }
  return html`${pieces}${text.slice(from)}`;
}
