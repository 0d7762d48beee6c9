/** What is written back: status, headers and body, in the voice of each family of services. */
import type { Json, Members } from "../model/index.ts";
import type { Family } from "./gateway-codes.ts";
import type { Refused } from "./refusal.ts";
import type { Context } from "./request-context.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Writer {
  success(output: Members, context: Context): Answer;
  refusal(refused: Refused, context: Context): Answer;
}

const json = { "Content-Type": "application/json" };

const tencentCloud: Writer = {
  success: (output, { world }) => ({
    status: 200,
    headers: json,
    body: JSON.stringify({ Response: { ...output, RequestId: world.requestId() } }),
  }),
  refusal: ({ code, says }, { world }) => ({
    status: 200,
    headers: json,
    body: JSON.stringify({ Response: { Error: { Code: code, Message: says }, RequestId: world.requestId() } }),
  }),
};

const tencentIm: Writer = {
  success: (output) => ({
    status: 200,
    headers: json,
    body: JSON.stringify({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, ...output }),
  }),
  refusal: ({ code, says }) => ({
    status: 200,
    headers: json,
    body: JSON.stringify({ ActionStatus: "FAIL", ErrorInfo: says, ErrorCode: Number(code) }),
  }),
};

const awsHeaders = (requestId: string) => ({
  "Content-Type": "application/x-amz-json-1.1",
  "x-amzn-RequestId": requestId,
});

const awsJson: Writer = {
  success: (output, { world, action }) => ({
    status: 200,
    headers: awsHeaders(world.requestId()),
    body: hasMembers(action?.output) || Object.keys(output).length > 0 ? JSON.stringify(output) : "",
  }),
  refusal: ({ code, says }, { world, action, service }) => {
    const requestId = world.requestId();
    const own = action?.errors.get(code) ?? service?.errors.get(code);
    const status = (own ?? service?.envelope.codes.get(code))?.status[0] ?? 400;
    // A service's own exceptions have capitals and a Logref; what stands in front of it does not.
    const body: Record<string, Json> = own
      ? { __type: code, Code: code, Logref: requestId, Message: says }
      : { __type: code, message: says };
    return { status, headers: awsHeaders(requestId), body: JSON.stringify(body) };
  },
};

const hasMembers = (schema: object | undefined): boolean =>
  Object.keys((schema as { properties?: object } | undefined)?.properties ?? {}).length > 0;

const writers: Readonly<Record<Family, Writer>> = {
  "tencent-cloud": tencentCloud,
  "tencent-im": tencentIm,
  "aws-json": awsJson,
};

/** The context's output or refusal in its envelope. */
export function answerOf(context: Context): Answer {
  const writer = writers[context.family];
  const { refused } = context;
  if (!refused) return writer.success(context.output, context);
  return writer.refusal(refused.says === "" ? { ...refused, says: sentence(refused) } : refused, context);
}

const sentence = ({ stage, at, breach }: Refused): string =>
  at === "" ? `Refused at the check of ${stage}.` : `${at}: refused${breach === "" ? "" : ` (${breach})`}.`;
