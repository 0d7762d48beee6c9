/** Whether a call may have had its effect, where an earlier attempt of it got a busy response. */
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Action, Exchange } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { mayHaveHadEffect } from "./send.ts";

const createNote = loadSpecs(join(builtInSpecs(), "example")).actions.get("acme/notes/CreateNote") as Action;

test.each([
  ["InvalidParameterValue.TitleTooLong", "is about the content, which the earlier attempt had as well", false],
  ["InvalidParameter", "is about the content", false],
  ["InvalidParameterValue.TitleInUse", "may be due to the earlier attempt", true],
  ["InternalError", "says nothing", true],
  ["Undocumented", "says nothing", true],
])("a repeated call that is refused with %s, which %s: %s", (code, _, mayHave) => {
  const exchange = { response: { status: 400, headers: [], body: "" } } as unknown as Exchange;
  const outcome = { kind: "refusal" as const, code, requestId: undefined } as never;
  expect(mayHaveHadEffect({ exchange, outcome, unsafeRetry: true }, createNote)).toBe(mayHave);
});
