/** A title → what stands around a page: one file, with a policy that lets nothing in from outside. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { html, toText } from "./markup.ts";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8").replaceAll("\r\n", "\n");

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

interface Shell {
  readonly style: string;
  readonly script: string;
  readonly policy: string;
}

let shell: Shell | undefined;

function made(): Shell {
  const style = `\n${read("./colours.css")}${read("./page.css")}`;
  const script = `\n${read("./page.js")}`;
  const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
  return { style, script, policy };
}

/** Up to the first element of the body. */
export function pageStart(title: string): string {
  shell ??= made();
  const head = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${shell.policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
`;
  // Style and script are ours, and stand to the letter: the policy names their digests.
  return `${toText(head)}<style>${shell.style}</style>\n</head>\n<body>\n`;
}

/** From the end of the last element on. */
export function pageEnd(): string {
  shell ??= made();
  return `<script>${shell.script}</script>\n</body>\n</html>\n`;
}
