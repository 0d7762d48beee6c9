/** One valid file of each kind, small and rich: what malformed.ts spoils, a key at a time. A key that none of them has is made up from its schema. */
import type { FileKind } from "../../../runner/spec/schema/validate-file.ts";

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

const source = { page: "https://example.com/box", seen: "2026-11-21" };

const action: Value = {
  action: "MakeBox",
  says: "Makes a box.",
  source,
  pace: "20/s",
  parameters: {
    BoxId: {
      required: true,
      schema: { type: "string", maxLength: 8, pattern: "[a-z]+" },
      unique: "account",
      refusals: { maxLength: ["BoxIdWrong"], pattern: ["BoxIdWrong"], unique: { codes: ["BoxThere"], source } },
      conflicts: [{ at: "maxLength", length: [9, 10], says: "the pages differ" }],
      source: { section: 2, row: "BoxId" },
    },
    Tags: {
      schema: { type: "array", maxItems: 3, items: { type: "string", minLength: 1 } },
      refusals: {
        maxItems: { codes: ["BoxIdWrong"], inferred: "it is like the others" },
        items: { empty: ["BoxIdWrong"] },
      },
    },
  },
  given: { BoxId: { is: "new box" } },
  situations: { again: { before: [{ call: "this" }], refused: ["BoxThere"] } },
  effects: { success: "exists", refused: "unchanged" },
  output: { type: "object" },
  samples: [
    {
      title: "1. A box",
      binding: "tc3-post",
      request: { BoxId: "abc" },
      response: { Response: { RequestId: "1" } },
      fresh: ["BoxId"],
    },
  ],
  errors: {
    BoxIdWrong: { says: "the id is wrong" },
    BoxThere: { says: "it is there" },
    Busy: { says: "busy", cause: "busy" },
  },
  remarks: [{ says: "A box is a box." }],
};

const service: Value = {
  service: "demo/box",
  version: "2026-11-21",
  says: "Boxes.",
  source,
  envelope: "demo",
  host: "box.example.com",
  bindings: ["tc3-post"],
  refusals: {
    absent: ["BoxIdWrong"],
    empty: ["BoxIdWrong"],
    "is-null": ["BoxIdWrong"],
    type: { may: "no page says so" },
    unknown: { may: "no page says so" },
  },
  errors: { BoxIdWrong: { says: "the id is wrong", cause: "front-door" } },
  resources: {
    box: {
      create: "MakeBox",
      id: "input.BoxId",
      delete: "DropBox",
      settles: 2,
      probes: { exists: { call: "LookBox", with: { BoxId: "id" }, success: true } },
    },
    shelf: { id: "given", needs: "shelf" },
  },
  ping: { call: "LookBox", with: { BoxId: "abc" } },
};

const shape = { status: [200], contentType: ["application/json"], schema: { type: "object" } };

const envelope: Value = {
  envelope: "demo",
  says: "A box in a box.",
  source,
  success: shape,
  refusal: shape,
  discriminator: { refusal: { has: "/Response/Error" } },
  output: "/Response",
  code: { at: [{ body: "/Response/Error/Code" }] },
  requestId: { body: "/Response/RequestId" },
  common: {
    "tc3-post": {
      in: "header",
      parameters: {
        "X-TC-Action": { required: true, schema: { type: "string" }, refusals: { absent: ["Nowhere"] }, signed: true },
        "X-TC-Timestamp": {
          schema: { type: "integer", "x-window": 300 },
          refusals: { "x-window": ["Nowhere"] },
          conflicts: [{ at: "x-window", seconds: [200, 300], says: "the pages differ" }],
        },
      },
      refusals: { malformed: ["Nowhere"] },
    },
  },
  codes: { Nowhere: { says: "no such thing", cause: "front-door" } },
};

const target: Value = {
  name: "demo",
  services: {
    "demo/box": {
      endpoint: "http://127.0.0.1:9",
      credentials: { id: "ASSAY_MALFORMED_ID", key: "ASSAY_MALFORMED_KEY" },
      given: { shelf: "s-1" },
      lacks: { actions: { DropBox: "not built" } },
    },
  },
  timeout: 5,
};

const known: Value = {
  known: [
    {
      case: "demo/box/MakeBox/boundary/BoxId/9-chars-ascii",
      check: "code",
      at: "/Response/Error/Code",
      expected: ["BoxIdWrong"],
      actual: "BoxThere",
      reason: "issue 7",
    },
  ],
};

export const samples: Readonly<Record<FileKind, Value>> = { action, service, envelope, target, known };

/** The other files of the folder that the spec kinds stand in; no case spoils them. */
export const referencedFiles = {
  "demo/box/DropBox.yaml": boxCall("DropBox", "Takes a box away.", {}),
  "demo/box/LookBox.yaml": boxCall("LookBox", "Looks at a box.", { success: "exists" }),
};

function boxCall(name: string, says: string, effects: Value): Value {
  const looks = name === "LookBox";
  return {
    action: name,
    says,
    source,
    parameters: { BoxId: { required: true, schema: { type: "string" } } },
    given: { BoxId: { is: "box" } },
    ...(looks ? {} : { effects }),
    output: { type: "object" },
    errors: { BoxIdWrong: { says: "the id is wrong" } },
  };
}

/** What stands in for a text that has to have a form; the first that the form lets pass is taken. */
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
