/** What is written back: status, headers and body, in the voice of each family of services. */
import type { CallMembers, Json } from "../model/index.ts";
import type { ServiceFamily } from "./gateway-codes.ts";
import type { EmulatorRefusal } from "./refusal.ts";
import type { EmulatorResponse, RequestContext } from "./request-context.ts";

interface EnvelopeWriter {
  success(output: CallMembers, context: RequestContext): EmulatorResponse;
  refusal(refused: EmulatorRefusal, context: RequestContext): EmulatorResponse;
}

const json = { "Content-Type": "application/json" };

const tencentCloud: EnvelopeWriter = {
  success: (output, { emulator }) => ({
    status: 200,
    headers: json,
    body: JSON.stringify({ Response: { ...output, RequestId: emulator.requestId() } }),
  }),
  refusal: ({ code, says }, { emulator }) => ({
    status: 200,
    headers: json,
    body: JSON.stringify({ Response: { Error: { Code: code, Message: says }, RequestId: emulator.requestId() } }),
  }),
};

const tencentIm: EnvelopeWriter = {
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

const awsJson: EnvelopeWriter = {
  success: (output, { emulator, action }) => ({
    status: 200,
    headers: awsHeaders(emulator.requestId()),
    body: hasMembers(action?.output) || Object.keys(output).length > 0 ? JSON.stringify(output) : "",
  }),
  refusal: ({ code, says }, { emulator, action, service }) => {
    const requestId = emulator.requestId();
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

const writers: Readonly<Record<ServiceFamily, EnvelopeWriter>> = {
  "tencent-cloud": tencentCloud,
  "tencent-im": tencentIm,
  "aws-json": awsJson,
};

/** The context's output or refusal in its envelope. */
export function buildResponse(context: RequestContext): EmulatorResponse {
  const writer = writers[context.family];
  const { refused } = context;
  if (!refused) return writer.success(context.output, context);
  return writer.refusal(refused.says === "" ? { ...refused, says: defaultMessage(refused) } : refused, context);
}

const defaultMessage = ({ stage, at, breach }: EmulatorRefusal): string =>
  at === "" ? `Refused at the check of ${stage}.` : `${at}: refused${breach === "" ? "" : ` (${breach})`}.`;
