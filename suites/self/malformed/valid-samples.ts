/** One small valid file of each kind, with as many keys as possible. generate.ts corrupts them one key at a time; it creates a key that no sample has from its schema. */
import type { FileKind } from "../../../runner/spec/schema/read-schema.ts";

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

const source = { url: "https://example.com/box", accessedOn: "2026-11-21" };

const action: Value = {
  action: "MakeBox",
  description: "Makes a box.",
  source,
  rateLimit: "20/s",
  parameters: {
    BoxId: {
      required: true,
      schema: { type: "string", maxLength: 8, pattern: "[a-z]+" },
      uniqueWithin: "account",
      refusals: { maxLength: ["BoxIdWrong"], pattern: ["BoxIdWrong"], unique: { codes: ["BoxThere"], source } },
      conflicts: [{ constraint: "maxLength", length: [9, 10], description: "the pages differ" }],
      source: { section: 2, row: "BoxId" },
    },
    Tags: {
      schema: { type: "array", maxItems: 3, items: { type: "string", minLength: 1 } },
      refusals: {
        maxItems: { codes: ["BoxIdWrong"], inferred: "the other parameters use this code" },
        items: { empty: ["BoxIdWrong"] },
      },
    },
  },
  given: { BoxId: { state: "new box" } },
  situations: { again: { precedingCalls: [{ call: "this" }], refused: ["BoxThere"] } },
  effects: { success: "exists", refused: "unchanged" },
  output: { type: "object" },
  returnsList: { listPointer: "/Boxes", resource: "box", itemTotals: { "/PartNum": "Parts" } },
  samples: [
    {
      title: "1. A box",
      binding: "tc3-post",
      request: { BoxId: "abc" },
      response: { Response: { RequestId: "1" } },
      uniqueMembers: ["BoxId"],
    },
  ],
  errors: {
    BoxIdWrong: { description: "the id is wrong" },
    BoxThere: { description: "the box already exists" },
    Busy: { description: "busy", cause: "busy" },
  },
  remarks: [{ description: "Boxes have no contents." }],
};

const service: Value = {
  service: "demo/box",
  version: "2026-11-21",
  description: "Boxes.",
  source,
  envelope: "demo",
  host: "box.example.com",
  bindings: ["tc3-post"],
  refusals: {
    absent: ["BoxIdWrong"],
    empty: ["BoxIdWrong"],
    "is-null": ["BoxIdWrong"],
    type: { unspecified: "not documented" },
    unknown: { unspecified: "not documented" },
  },
  errors: { BoxIdWrong: { description: "the id is wrong", cause: "gateway" } },
  resources: {
    box: {
      create: "MakeBox",
      id: "input.BoxId",
      delete: "DropBox",
      consistencySeconds: 2,
      probes: { exists: { call: "LookBox", members: { BoxId: "id" }, expectSuccess: true } },
    },
    shelf: { id: "given", requiredFromTarget: "shelf" },
  },
  ping: { call: "LookBox", members: { BoxId: "abc" } },
};

const shape = { status: [200], contentType: ["application/json"], schema: { type: "object" } };

const envelope: Value = {
  envelope: "demo",
  description: "Responses with a Response member.",
  source,
  success: shape,
  refusal: shape,
  discriminator: { refusal: { existingPointer: "/Response/Error" } },
  output: "/Response",
  code: { locations: [{ body: "/Response/Error/Code" }] },
  requestId: { body: "/Response/RequestId" },
  bindings: {
    "tc3-post": {
      in: "header",
      parameters: {
        "X-TC-Action": { required: true, schema: { type: "string" }, refusals: { absent: ["Nowhere"] }, signed: true },
        "X-TC-Timestamp": {
          schema: { type: "integer", "x-window": 300 },
          refusals: { "x-window": ["Nowhere"] },
          conflicts: [{ constraint: "x-window", seconds: [200, 300], description: "the pages differ" }],
        },
      },
      refusals: { malformed: ["Nowhere"] },
    },
  },
  codes: { Nowhere: { description: "no such thing", cause: "gateway" } },
};

const target: Value = {
  name: "demo",
  services: {
    "demo/box": {
      endpoint: "http://127.0.0.1:9",
      credentials: { id: "ASSAY_MALFORMED_ID", key: "ASSAY_MALFORMED_KEY" },
      provided: { shelf: "s-1" },
      unsupported: { actions: { DropBox: "not built" } },
    },
  },
  timeout: 5,
};

const known: Value = {
  known: [
    {
      case: "demo/box/MakeBox/boundary/BoxId/9-chars-ascii",
      check: "code",
      location: "/Response/Error/Code",
      expected: ["BoxIdWrong"],
      actual: "BoxThere",
      reason: "issue 7",
    },
  ],
};

export const samples: Readonly<Record<FileKind, Value>> = { action, service, envelope, target, known };

/** Path relative to the specs folder → content of a file that the samples refer to. No test corrupts these files. */
export const referencedFiles = {
  "demo/box/DropBox.yaml": boxCall("DropBox", "Deletes a box.", {}),
  "demo/box/LookBox.yaml": boxCall("LookBox", "Describes a box.", { success: "exists" }),
};

function boxCall(name: string, description: string, effects: Value): Value {
  const isReadOnly = name === "LookBox";
  return {
    action: name,
    description,
    source,
    parameters: { BoxId: { required: true, schema: { type: "string" } } },
    given: { BoxId: { state: "box" } },
    ...(isReadOnly ? {} : { effects }),
    output: { type: "object" },
    errors: { BoxIdWrong: { description: "the id is wrong" } },
  };
}

/** Candidate values for a string with a pattern; generate.ts takes the first one that matches. */
export const texts = [
  "word",
  "Word",
  "WORD",
  "/word",
  "50/s",
  "https://example.com/word",
  "a/b",
  "a/b/c",
  "given",
  "(a)",
  "2026-11-21",
  "none",
];
