/** Malformed files that no schema thinks of: names and numbers that make no sense, and what is no YAML or too much of it. */
import type { FileKind } from "../../../runner/spec/schema/read-schema.ts";
import { type InvalidSpecValue, invalidValues } from "./invalid-spec-values.ts";
import { unreadableTexts } from "./unreadable-texts.ts";
import { samples } from "./valid-samples.ts";
import { type Path, put, written } from "./yaml-with-positions.ts";

export interface HandwrittenFile {
  readonly kind: FileKind;
  readonly name: string;
  readonly text: string | Uint8Array | "folder" | undefined;
  /** Those at which a message may point. */
  readonly lines: readonly number[];
  readonly word: string;
  /** Where only one of the two commands can know. */
  readonly only?: "lint" | "run";
}

const kinds: readonly FileKind[] = ["action", "service", "envelope", "target", "known"];

const served: Path = ["services", "demo/box"];
const entry: Path = ["known", 0];

/** One value of the valid file is another. */
const senseless: Readonly<Record<FileKind, readonly InvalidSpecValue[]>> = {
  ...invalidValues,
  target: [
    ["an endpoint without a scheme", [...served, "endpoint"], "box.example.com", "endpoint"],
    ["an endpoint that is a file", [...served, "endpoint"], "file:///etc/passwd", "endpoint"],
    ["an endpoint with a password", [...served, "endpoint"], "https://me:hunter2@box.example.com", "endpoint"],
    ["an endpoint with a port beyond all ports", [...served, "endpoint"], "http://127.0.0.1:99999", "99999"],
    ["an endpoint with a query", [...served, "endpoint"], "https://box.example.com/?x=1", "endpoint"],
    ["an endpoint with a blank", [...served, "endpoint"], "https://box example.com", "endpoint"],
    ["a secret to the letter", [...served, "credentials", "key"], "Gu5t9xGARNpq86cd98joQYCN3", "key"],
    [
      "a variable that is not set",
      [...served, "credentials", "key"],
      "ASSAY_MALFORMED_UNSET",
      "ASSAY_MALFORMED_UNSET",
      { only: "run" },
    ],
    [
      "a service that there is not",
      ["services", "demo/bocks"],
      { endpoint: "http://127.0.0.1:9", credentials: { id: "A", key: "B" } },
      "demo/bocks",
      { key: true },
    ],
    [
      "an unsupported action that there is not",
      [...served, "unsupported", "actions"],
      { DropBocks: "x" },
      "DropBocks",
      { at: [...served, "unsupported", "actions", "DropBocks"], key: true },
    ],
    [
      "an unsupported binding that there is not",
      [...served, "unsupported", "bindings"],
      { "tc4-post": "x" },
      "tc4-post",
      { at: [...served, "unsupported", "bindings", "tc4-post"], key: true },
    ],
    [
      "an unsupported requirement that there is not",
      [...served, "unsupported", "requirements"],
      { shelves: "x" },
      "shelves",
      { at: [...served, "unsupported", "requirements", "shelves"], key: true },
    ],
    [
      "a provided requirement that there is not",
      [...served, "provided"],
      { shelves: "x" },
      "shelves",
      { at: [...served, "provided", "shelves"], key: true },
    ],
    [
      "a provided file that there is not",
      [...served, "provided", "shelf"],
      { file: "nowhere.jpg" },
      "nowhere.jpg",
      { at: [...served, "provided", "shelf", "file"], only: "run" },
    ],
    ["an account that the service cannot tell", [...served, "account"], "100000000001", "account"],
    ["calls a minute", [...served, "rateLimit"], "50/m", "rateLimit"],
    ["no calls a second", [...served, "rateLimit"], "0/s", "rateLimit"],
    ["fewer calls than none", [...served, "rateLimit"], "-5/s", "rateLimit"],
    ["a rate limit of a number", [...served, "rateLimit"], 50, "rateLimit"],
    ["a time of nothing", ["timeout"], 0, "timeout"],
    ["known failures that there are not", ["known"], "nowhere.yaml", "known"],
  ],
  known: [
    ["a glob with blanks", [...entry, "case"], "demo/box/Make Box/**", "case"],
    ["a glob from the root", [...entry, "case"], "/demo/box/**", "case"],
    ["a glob with nothing between two strokes", [...entry, "case"], "demo//MakeBox/**", "case"],
    ["a glob that ends in a stroke", [...entry, "case"], "demo/box/", "case"],
    ["a glob of another kind", [...entry, "case"], "demo/{box,jar}/**", "case"],
    ["a glob of one character", [...entry, "case"], "demo/box/MakeBo?/**", "case"],
    ["a blank reason", [...entry, "reason"], "  ", "reason"],
    ["an expiry of a day that there is not", [...entry, "expires"], "2026-02-30", "expires"],
    ["an expiry in words", [...entry, "expires"], "next year", "expires"],
    ["an expiry with a time", [...entry, "expires"], "2026-11-21T00:00:00Z", "expires"],
  ],
};

function byRow(kind: FileKind, [name, path, value, word, more = {}]: InvalidSpecValue): HandwrittenFile {
  const file = written(put(samples[kind], path, value));
  const at = more.at ?? path;
  return {
    kind,
    name,
    text: file.text,
    lines: [more.key ? file.keyLine(at) : file.valueLine(at)],
    word,
    ...(more.only ? { only: more.only } : {}),
  };
}

export const handwrittenFiles: readonly HandwrittenFile[] = kinds.flatMap((kind) => [
  ...unreadableTexts.map(([name, text, line, word]) => ({ kind, name, text, lines: [line], word })),
  ...senseless[kind].map((row) => byRow(kind, row)),
]);
