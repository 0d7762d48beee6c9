/** tokens: what the SDK does with an idempotency token, so that a call that it repeats is executed once, and another call is not lost. */
import { tokenParameter } from "../idempotency-token.ts";
import { plainSuccess, successAnswer } from "../plain-answer.ts";
import type { SdkFamily } from "../sdk-family.ts";
import type { ScriptedAnswer } from "../server/scripted-answer.ts";

/** After it a client does not know whether the call was executed, and those of AWS repeat it. */
const unavailable: ScriptedAnswer = {
  content: { kind: "raw", status: 503, contentType: "text/html", body: "<h1>Unavailable</h1>" },
};
/** Keeps to the patterns that the vendors document. */
const GIVEN = "token-of-the-caller";

export const tokens: SdkFamily = {
  id: "tokens",
  description:
    "the idempotency token: filled in, another one for each call, kept over retries, untouched where it is given",
  scope: { quick: "action", standard: "action" },
  *cases(action) {
    const parameter = tokenParameter(action);
    if (!parameter) return;
    const { name, source } = parameter;
    const shared = { place: name, source, ...plainSuccess(action) };
    const retried = { answers: [unavailable, successAnswer(action)], defaultRetries: true, tokens: "kept" } as const;
    // No page demands it of an SDK; where it does not, its caller has to.
    yield { ...shared, slug: "absent", title: `SHOULD fill in ${name}`, level: "should", tokens: "filled-in" };
    yield {
      ...shared,
      slug: "two-calls",
      title: `MUST send another ${name} with each call`,
      tokens: "unique",
      calls: 2,
    };
    yield { ...shared, ...retried, slug: "retry", title: `MUST repeat a call with its ${name}` };
    yield {
      ...shared,
      ...retried,
      slug: "given",
      title: `MUST send ${name} as given, also when it repeats the call`,
      additionalParameters: [name],
      edit: { op: "set", at: { parameter: name }, value: { kind: "literal", value: GIVEN } },
    };
  },
};
