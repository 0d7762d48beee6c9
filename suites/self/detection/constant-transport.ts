/** A transport that gives every call the same response, in the envelope of the called service. */
import { randomUUID } from "node:crypto";
import type { Transport } from "../../../runner/transport/transport.ts";

/** The code of every refusal, by family of services. */
export interface RefusalCodes {
  readonly cloud: string;
  readonly im: number;
  readonly aws: string;
}

/** Without codes every call is accepted. */
export const createConstantTransport = (codes: RefusalCodes | null): Transport => ({
  send: async (_origin, { path, headers }) => {
    const isAws = headers.some(([name]) => name.toLowerCase() === "x-amz-target");
    const { type, status, body } = responseFor(path, isAws, codes);
    return {
      status,
      headers: [
        ["content-type", type],
        ["x-amzn-requestid", randomUUID()],
      ],
      body: Buffer.from(JSON.stringify(body)),
    };
  },
  close: async () => undefined,
});

function responseFor(
  path: string,
  isAws: boolean,
  codes: RefusalCodes | null,
): { type: string; status: number; body: object } {
  const type = "application/json";
  if (isAws) {
    const body = codes ? { __type: codes.aws, Message: "" } : {};
    return { type: "application/x-amz-json-1.1", status: codes ? 400 : 200, body };
  }
  if (path.startsWith("/v4/")) {
    const body = codes
      ? { ActionStatus: "FAIL", ErrorCode: codes.im, ErrorInfo: "" }
      : { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
    return { type, status: 200, body };
  }
  const RequestId = randomUUID();
  const body = codes ? { Error: { Code: codes.cloud, Message: "" }, RequestId } : { RequestId };
  return { type, status: 200, body: { Response: body } };
}
