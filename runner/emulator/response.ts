/** An output or a refusal → the response: status, headers and body in the envelope of the family of services. */
import type { CallMembers, Json } from "../model/index.ts";
import type { ServiceFamily } from "./gateway-codes.ts";
import type { EmulatorRefusal } from "./refusal.ts";
import type { EmulatorResponse, RequestContext } from "./request-context.ts";

interface EnvelopeWriter {
  success(output: CallMembers, context: RequestContext): EmulatorResponse;
  refusal(refusal: EmulatorRefusal, context: RequestContext): EmulatorResponse;
}

const jsonHeaders = { "Content-Type": "application/json" };

const tencentCloud: EnvelopeWriter = {
  success: (output, { emulator }) => ({
    status: 200,
    headers: jsonHeaders,
    body: JSON.stringify({ Response: { ...output, RequestId: emulator.requestId() } }),
  }),
  refusal: ({ code, message }, { emulator }) => ({
    status: 200,
    headers: jsonHeaders,
    body: JSON.stringify({ Response: { Error: { Code: code, Message: message }, RequestId: emulator.requestId() } }),
  }),
};

const tencentIm: EnvelopeWriter = {
  success: (output) => ({
    status: 200,
    headers: jsonHeaders,
    body: JSON.stringify({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, ...output }),
  }),
  refusal: ({ code, message }) => ({
    status: 200,
    headers: jsonHeaders,
    body: JSON.stringify({ ActionStatus: "FAIL", ErrorInfo: message, ErrorCode: Number(code) }),
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
  refusal: ({ code, message }, { emulator, action, service }) => {
    const requestId = emulator.requestId();
    const serviceError = action?.errors.get(code) ?? service?.errors.get(code);
    const status = (serviceError ?? service?.envelope.codes.get(code))?.status[0] ?? 400;
    // A service's own exceptions have capitalized members and a Logref; those of the gateway do not.
    const body: Record<string, Json> = serviceError
      ? { __type: code, Code: code, Logref: requestId, Message: message }
      : { __type: code, message };
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
  const { refusal } = context;
  if (!refusal) return writer.success(context.output, context);
  return writer.refusal(refusal.message === "" ? { ...refusal, message: defaultMessage(refusal) } : refusal, context);
}

const defaultMessage = ({ stage, parameter, breach }: EmulatorRefusal): string =>
  parameter === ""
    ? `Refused by the check "${stage}".`
    : `${parameter}: refused${breach === "" ? "" : ` (${breach})`}.`;
