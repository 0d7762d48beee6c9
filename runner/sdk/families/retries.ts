/** retries: what the SDK does by default after a temporary failure, and that it repeats no call that was executed. */
import type { Action, ErrorCode, Source } from "../../model/index.ts";
import { hasBody, successAnswer } from "../plain-answer.ts";
import type { SdkFamily } from "../sdk-family.ts";
import type { ScriptedAnswer } from "../server/scripted-answer.ts";

/** A client does not repeat a request that is not idempotent, unless it knows that it was not applied. */
const idempotentMethods: Source = { url: "https://www.rfc-editor.org/rfc/rfc9110", section: "9.2.2" };

export const retries: SdkFamily = {
  id: "retries",
  description:
    "one throttled, failed, reset or unreadable response before a plain one: attempts, and no second execution",
  scope: { quick: "service", standard: "service" },
  *cases(action) {
    const plain = successAnswer(action);
    const throttled = codeWithCause(action, "throttle");
    const failures: readonly (readonly [string, string, ScriptedAnswer])[] = [
      ...(throttled === undefined
        ? []
        : [["throttled", `a refusal with ${throttled}`, { content: { kind: "refusal", code: throttled } }] as const]),
      [
        "status-503",
        "an HTTP status 503",
        { content: { kind: "raw", status: 503, contentType: "text/html", body: "<h1>Unavailable</h1>" } },
      ],
      ["reset", "a connection that is reset", { content: { kind: "nothing" }, end: "reset" }],
    ];
    for (const [slug, description, failure] of failures)
      yield {
        place: "once",
        slug,
        title: `MAY repeat the call after ${description}`,
        source: action.source,
        level: "may",
        answers: [failure, plain],
        sdkExpects: { result: "any" },
        defaultRetries: true,
        mayHang: true,
      };
    // A success without a body cannot be cut.
    if (!action.mutating || !hasBody(action)) return;
    yield {
      place: "once",
      slug: "executed",
      title: "MUST NOT send a call again that the server executed, unless a token shows that it is the same call",
      source: idempotentMethods,
      answers: [{ ...plain, halfWithLength: "whole", end: "close" }, plain],
      sdkExpects: { result: "any" },
      defaultRetries: true,
      mayHang: true,
    };
  },
};

function codeWithCause({ errors, service }: Action, cause: ErrorCode["causes"][number]): string | undefined {
  const rows = [...errors.values(), ...service.errors.values(), ...service.envelope.codes.values()];
  return rows.find(({ causes }) => causes.includes(cause))?.code;
}
