/** Malformed files that generate.ts does not derive from a schema: unreadable texts, unknown names and invalid values. */
import type { FileKind } from "../../../runner/spec/schema/read-schema.ts";
import { type InvalidSpecValue, invalidValues } from "./invalid-spec-values.ts";
import { unreadableTexts } from "./unreadable-texts.ts";
import { samples } from "./valid-samples.ts";
import { type Path, setAt, toYaml } from "./yaml-with-positions.ts";

export interface HandwrittenFile {
  readonly kind: FileKind;
  readonly name: string;
  /** Content; `folder` creates a folder in place of the file, `undefined` removes the file. */
  readonly text: string | Uint8Array | "folder" | undefined;
  /** Lines, from 1, that a message may point at. */
  readonly lines: readonly number[];
  /** Text that the message must contain. */
  readonly expectedWord: string;
  /** The only command that can detect the problem; both if absent. */
  readonly only?: "lint" | "run";
}

const kinds: readonly FileKind[] = ["action", "service", "envelope", "target", "known"];

const demoService: Path = ["services", "demo/box"];
const knownFailure: Path = ["known", 0];

/** Each row replaces one value of the valid file of its kind. */
const invalidValuesByKind: Readonly<Record<FileKind, readonly InvalidSpecValue[]>> = {
  ...invalidValues,
  target: [
    ["an endpoint without a scheme", [...demoService, "endpoint"], "box.example.com", "endpoint"],
    ["an endpoint that is a file URL", [...demoService, "endpoint"], "file:///etc/passwd", "endpoint"],
    ["an endpoint with a password", [...demoService, "endpoint"], "https://me:hunter2@box.example.com", "endpoint"],
    ["an endpoint with a port above 65535", [...demoService, "endpoint"], "http://127.0.0.1:99999", "99999"],
    ["an endpoint with a query", [...demoService, "endpoint"], "https://box.example.com/?x=1", "endpoint"],
    ["an endpoint with a space", [...demoService, "endpoint"], "https://box example.com", "endpoint"],
    [
      "a secret in place of a variable name",
      [...demoService, "credentials", "key"],
      "Gu5t9xGARNpq86cd98joQYCN3",
      "key",
    ],
    [
      "a variable that is not set",
      [...demoService, "credentials", "key"],
      "ASSAY_MALFORMED_UNSET",
      "ASSAY_MALFORMED_UNSET",
      { only: "run" },
    ],
    [
      "an unknown service",
      ["services", "demo/bocks"],
      { endpoint: "http://127.0.0.1:9", credentials: { id: "A", key: "B" } },
      "demo/bocks",
      { key: true },
    ],
    [
      "an unknown unsupported action",
      [...demoService, "unsupported", "actions"],
      { DropBocks: "x" },
      "DropBocks",
      { at: [...demoService, "unsupported", "actions", "DropBocks"], key: true },
    ],
    [
      "an unknown unsupported binding",
      [...demoService, "unsupported", "bindings"],
      { "tc4-post": "x" },
      "tc4-post",
      { at: [...demoService, "unsupported", "bindings", "tc4-post"], key: true },
    ],
    [
      "an unknown unsupported requirement",
      [...demoService, "unsupported", "requirements"],
      { shelves: "x" },
      "shelves",
      { at: [...demoService, "unsupported", "requirements", "shelves"], key: true },
    ],
    [
      "an unknown provided requirement",
      [...demoService, "provided"],
      { shelves: "x" },
      "shelves",
      { at: [...demoService, "provided", "shelves"], key: true },
    ],
    [
      "a provided file that does not exist",
      [...demoService, "provided", "shelf"],
      { file: "nowhere.jpg" },
      "nowhere.jpg",
      { at: [...demoService, "provided", "shelf", "file"], only: "run" },
    ],
    ["an account that the service cannot report", [...demoService, "account"], "100000000001", "account"],
    ["a rate limit per minute", [...demoService, "rateLimit"], "50/m", "rateLimit"],
    ["a rate limit of zero", [...demoService, "rateLimit"], "0/s", "rateLimit"],
    ["a negative rate limit", [...demoService, "rateLimit"], "-5/s", "rateLimit"],
    ["a rate limit that is a number", [...demoService, "rateLimit"], 50, "rateLimit"],
    ["a timeout of zero", ["timeout"], 0, "timeout"],
    ["a known failures file that does not exist", ["known"], "nowhere.yaml", "known"],
  ],
  known: [
    ["a glob with spaces", [...knownFailure, "case"], "demo/box/Make Box/**", "case"],
    ["a glob with a leading slash", [...knownFailure, "case"], "/demo/box/**", "case"],
    ["a glob with an empty segment", [...knownFailure, "case"], "demo//MakeBox/**", "case"],
    ["a glob with a trailing slash", [...knownFailure, "case"], "demo/box/", "case"],
    ["a glob with braces", [...knownFailure, "case"], "demo/{box,jar}/**", "case"],
    ["a glob with a question mark", [...knownFailure, "case"], "demo/box/MakeBo?/**", "case"],
    ["a blank reason", [...knownFailure, "reason"], "  ", "reason"],
    ["an expiry date that does not exist", [...knownFailure, "expires"], "2026-02-30", "expires"],
    ["an expiry that is not a date", [...knownFailure, "expires"], "next year", "expires"],
    ["an expiry with a time", [...knownFailure, "expires"], "2026-11-21T00:00:00Z", "expires"],
  ],
};

function fromRow(kind: FileKind, [name, path, value, expectedWord, options = {}]: InvalidSpecValue): HandwrittenFile {
  const file = toYaml(setAt(samples[kind], path, value));
  const reportedPath = options.at ?? path;
  return {
    kind,
    name,
    text: file.text,
    lines: [options.key ? file.keyLine(reportedPath) : file.valueLine(reportedPath)],
    expectedWord,
    ...(options.only ? { only: options.only } : {}),
  };
}

export const handwrittenFiles: readonly HandwrittenFile[] = kinds.flatMap((kind) => [
  ...unreadableTexts.map(([name, text, line, expectedWord]) => ({ kind, name, text, lines: [line], expectedWord })),
  ...invalidValuesByKind[kind].map((row) => fromRow(kind, row)),
]);
