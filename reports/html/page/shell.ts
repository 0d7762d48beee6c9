/** Title → start and end of an HTML page: one file with a Content-Security-Policy that allows no external resource. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { html, toText } from "./markup.ts";

const readAsset = (name: string): string =>
  readFileSync(join(packageRoot(), "reports", "html", "page", name), "utf8").replaceAll("\r\n", "\n");

const digestSource = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

interface Shell {
  readonly style: string;
  readonly script: string;
  readonly policy: string;
}

let shell: Shell | undefined;

function buildShell(): Shell {
  const style = `\n${readAsset("colours.css")}${readAsset("page.css")}`;
  const script = `\n${readAsset("page.js")}`;
  const policy = `default-src 'none'; style-src ${digestSource(style)}; script-src ${digestSource(script)}; base-uri 'none'; form-action 'none'`;
  return { style, script, policy };
}

/** From the doctype to the opening tag of the body. */
export function pageStart(title: string): string {
  shell ??= buildShell();
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
  // Not escaped: style and script are files of this folder, and the policy holds their digests.
  return `${toText(head)}<style>${shell.style}</style>\n</head>\n<body>\n`;
}

/** The script and the closing tags. */
export function pageEnd(): string {
  shell ??= buildShell();
  return `<script>${shell.script}</script>\n</body>\n</html>\n`;
}
