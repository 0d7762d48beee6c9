/** replay: a repeated idempotency token gets the response of the first call again. It sends nothing. */

import { truncateJson } from "../../check/truncate.ts";
import { decodeResponse } from "../../http/decode.ts";
import type { Case, Envelope, Exchange, Json } from "../../model/index.ts";
import { POSTCONDITION_HOLDS, type Postcondition } from "./postcondition.ts";

export const replay: Postcondition = {
  id: "replay",
  applies: ({ testCase, result }) =>
    testCase.expect.outcome === "success" && result.status === "passed" && isReplay(testCase),
  verify: async (_, { testCase: { action }, result: { exchanges } }) => {
    const { envelope } = action.service;
    const first = exchanges.find(({ role }) => role === "before");
    const judged = exchanges.findLast(({ role }) => role === "judged");
    const expected = outputText(first, envelope);
    const actual = outputText(judged, envelope);
    if (expected === undefined || actual === undefined || expected === actual) return POSTCONDITION_HOLDS;
    const location = envelope.output === "" ? "body" : envelope.output;
    const values = { expected: truncateJson(expected), actual: truncateJson(actual) };
    return { findings: [{ check: "replay", level: "must", location, ...values }], inconclusiveReason: "" };
  },
};

/** True where the first of the preceding calls is equal to the judged one, with its token. */
function isReplay({ situation, family }: Case): boolean {
  const [first] = situation?.precedingCalls ?? [];
  const added = Object.entries(situation?.additionalMembers ?? {});
  return (
    family === "idempotency" &&
    first?.call === "this" &&
    first.where.size === 0 &&
    added.every(([name, value]) => first.members[name] === value)
  );
}

/** The output as JSON, without the id of the request. */
function outputText(exchange: Exchange | undefined, envelope: Envelope): string | undefined {
  if (exchange === undefined || "reason" in exchange.response) return undefined;
  const outcome = decodeResponse(exchange.response, envelope);
  if (outcome.kind !== "success") return undefined;
  const isRequestId = (value: Json) => value === outcome.requestId;
  return JSON.stringify(outcome.output ?? {}, (_, value: Json) => (isRequestId(value) ? undefined : value));
}
