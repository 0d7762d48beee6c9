/** A server that gives every call the same answer, in the envelope that the call speaks. */
import { randomUUID } from "node:crypto";
import { type Serving, startServer } from "../hostile/server.ts";

/** Refuses with the code of its family of services, or accepts where there is none. */
export interface Codes {
  readonly cloud: string;
  readonly im: number;
  readonly aws: string;
}

export const startConstantServer = (codes: Codes | null): Promise<Serving> =>
  startServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const { type, status, body } = answer(request.url ?? "/", request.headers["x-amz-target"] !== undefined, codes);
      response.writeHead(status, { "Content-Type": type, "x-amzn-RequestId": randomUUID() });
      response.end(JSON.stringify(body));
    });
  });

function answer(path: string, aws: boolean, codes: Codes | null): { type: string; status: number; body: object } {
  const type = "application/json";
  if (aws) {
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
