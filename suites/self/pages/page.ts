/** A Markdown page of the repository → its headings, links, code blocks and quotes. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { marked, type Token, type Tokens } from "marked";
import { packageRoot } from "../../../runner/spec/package-root.ts";

export interface Heading {
  readonly depth: number;
  readonly text: string;
  /** The fragment with which GitHub links to it. */
  readonly anchor: string;
}

/** What stands between a heading and the next one. */
export interface Section extends Heading {
  readonly quotes: readonly string[];
  readonly codeBlocks: readonly CodeBlock[];
}

export interface CodeBlock {
  /** Such as `sh`; empty where none is given. */
  readonly language: string;
  readonly text: string;
}

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly sections: readonly Section[];
  readonly codeBlocks: readonly CodeBlock[];
  /** Targets of links and images as they are written. */
  readonly links: readonly string[];
}

/** Letters, digits, `_` and `-` stay, in lower case; spaces become `-`; a repeated heading gets a number. */
function anchorOf(heading: string, counts: Map<string, number>): string {
  const text = heading.replace(/`/g, "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  const slug = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");
  const count = counts.get(slug) ?? 0;
  counts.set(slug, count + 1);
  return count === 0 ? slug : `${slug}-${count}`;
}

export function parsePage(path: string, text: string): Page {
  const tokens = marked.lexer(text);
  const links: string[] = [];
  void marked.walkTokens(tokens, (token) => {
    if (token.type === "link" || token.type === "image") links.push((token as Tokens.Link).href);
  });
  const counts = new Map<string, number>();
  const sections: { heading: Heading; tokens: Token[] }[] = [];
  for (const token of tokens) {
    if (token.type === "heading") {
      const { depth, text: heading } = token as Tokens.Heading;
      sections.push({ heading: { depth, text: heading, anchor: anchorOf(heading, counts) }, tokens: [] });
    } else sections.at(-1)?.tokens.push(token);
  }
  return {
    path,
    text,
    links,
    codeBlocks: codeBlocksOf(tokens),
    sections: sections.map((section) => ({
      ...section.heading,
      quotes: section.tokens.flatMap((t) => (t.type === "blockquote" ? [(t as Tokens.Blockquote).text.trim()] : [])),
      codeBlocks: codeBlocksOf(section.tokens),
    })),
  };
}

const codeBlocksOf = (tokens: readonly Token[]): CodeBlock[] =>
  tokens.flatMap((token) => {
    if (token.type !== "code") return [];
    const { lang = "", text } = token as Tokens.Code;
    return [{ language: lang, text }];
  });

export const readPage = (path: string): Page => parsePage(path, readFileSync(join(packageRoot(), path), "utf8"));

/** The paths of all Markdown files that git does not ignore. */
export function pagePaths(): string[] {
  const ignored = readFileSync(join(packageRoot(), ".gitignore"), "utf8").split("\n").filter(Boolean);
  const patterns = [".git/", ...ignored].map(
    (line) => new RegExp(`(?:^|/)${line.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`),
  );
  const walk = (folder: string): string[] =>
    readdirSync(join(packageRoot(), folder), { withFileTypes: true }).flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (patterns.some((pattern) => pattern.test(entry.isDirectory() ? `${path}/` : path))) return [];
      if (entry.isDirectory()) return walk(path);
      return path.endsWith(".md") ? [path] : [];
    });
  return walk("");
}
