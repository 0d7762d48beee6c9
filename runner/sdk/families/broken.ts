/** broken: what is no complete response in the envelope is an error, never a success. */
import type { Action, Level, Source } from "../../model/index.ts";
import { hasBody, successAnswer } from "../plain-answer.ts";
import type { SdkFamily } from "../sdk-family.ts";

/** A message that is shorter than its Content-Length is incomplete. */
const incompleteMessage: Source = { url: "https://www.rfc-editor.org/rfc/rfc9112", section: 8 };

export const brokenResponses: SdkFamily = {
  id: "broken",
  description: "HTML, {} or nothing in place of the output, JSON that is cut, connections that end early",
  scope: { quick: "action", standard: "action" },
  *cases(action, _binding, { isFirst }) {
    const body = bodyLevel(action);
    const bodies: readonly (readonly [string, string, string, Level])[] = [
      ["html", "an HTML page with status 200", "<html><body>Welcome</body></html>", body],
      // An AWS client treats an absent output like one without members.
      [
        "empty-object",
        "{} with status 200",
        "{}",
        action.service.envelope.discriminator.kind === "status" ? "may" : body,
      ],
      ["empty", "no body with status 200", "", action.service.envelope.discriminator.kind === "status" ? "may" : body],
    ];
    for (const [slug, description, text, level] of bodies)
      yield {
        ...brokenCase("body", slug, description, level, action.service.envelope.source),
        answers: [{ content: { kind: "raw", status: 200, contentType: contentTypeOf(action, slug), body: text } }],
      };
    const plain = successAnswer(action);
    if (hasBody(action))
      yield {
        ...brokenCase("body", "half", "half of the JSON", body, action.service.envelope.source),
        answers: [{ ...plain, halfWithLength: "half" }],
      };
    if (!isFirst) return;
    for (const end of ["close", "reset"] as const) {
      const slug = end === "close" ? "closed" : "reset";
      if (hasBody(action))
        yield {
          ...brokenCase("connection", `${slug}-in-body`, "a body that ends early", "must", incompleteMessage),
          answers: [{ ...plain, halfWithLength: "whole", end }],
        };
      yield {
        ...brokenCase("connection", slug, "a connection that ends without a response", "must", incompleteMessage),
        answers: [{ content: { kind: "nothing" }, end }],
      };
    }
  },
};

const brokenCase = (place: string, slug: string, description: string, level: Level, source: Source) => ({
  place,
  slug,
  title: `${level === "may" ? "MAY" : "MUST"} return an error for ${description}`,
  source,
  level,
  sdkExpects: { result: "error" } as const,
  mayHang: true,
});

/** Where an accepted call is known by its status alone and has no output, a client need not read the body. */
const bodyLevel = (action: Action): Level => (hasBody(action) ? "must" : "may");

/** An HTML page has its own type; everything else that of the service. */
const contentTypeOf = ({ service }: Action, slug: string): string => {
  const { contentType } = service.envelope.success;
  return slug === "html" ? "text/html" : ((contentType === "any" ? undefined : contentType[0]) ?? "application/json");
};
