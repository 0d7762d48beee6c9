/** Status codes, methods, versions and bodies that no page documents. */
import type { HttpRequest } from "../../../../runner/model/index.ts";
import type { ServerHooks, ServerResponse } from "../hooks.ts";
import { globsOf, mutationsOf } from "./mutation.ts";

type Change = (response: ServerResponse, request: HttpRequest) => ServerResponse;

const responding = (change: Change): (() => Partial<ServerHooks>) => {
  return () => ({ respond: (response, request) => change(response, request) });
};

/** Changes the JSON of a response that has a body. */
const changedBody = (change: (body: Record<string, unknown>) => unknown): (() => Partial<ServerHooks>) =>
  responding((response) =>
    response.body === ""
      ? response
      : { ...response, body: JSON.stringify(change(JSON.parse(response.body) as Record<string, unknown>)) },
  );

const received = (change: (request: HttpRequest) => HttpRequest): (() => Partial<ServerHooks>) => {
  return () => ({ receive: change });
};

const replaced = (request: HttpRequest, from: RegExp, to: string): HttpRequest => ({
  ...request,
  headers: request.headers.map(([name, value]) => [name, name === "X-TC-Version" ? value.replace(from, to) : value]),
});

const isTarget = (request: HttpRequest, name: string): boolean =>
  request.headers.some(([header, value]) => header.toLowerCase() === "x-amz-target" && value.endsWith(name));

const inResponse = (change: (response: Record<string, unknown>) => unknown) =>
  changedBody((body) =>
    "Response" in body ? { Response: change(body["Response"] as Record<string, unknown>) } : body,
  );

const aws = globsOf("rekognition DeleteUser CreateUser ListUsers DeleteCollection");
const cloud = globsOf("iai DeletePersonFromGroup GetGroupList CreateGroup");
const chat = globsOf("im delete_group_member get_role_in_group");
const methods = ["tencent/iai/GetGroupList/protocol/**", "tencent/sts/**/protocol/**"];

export const bodyMutations = [
  ...mutationsOf("bodies", aws, {
    "aws-success-false": [
      responding((response) => (response.body === "" ? { ...response, body: '{"Success":false}' } : response)),
    ],
    "aws-success-null": [responding((response) => (response.body === "" ? { ...response, body: "null" } : response))],
    "aws-success-list": [responding((response) => (response.body === "" ? { ...response, body: "[]" } : response))],
    "aws-success-text": [responding((response) => (response.body === "" ? { ...response, body: "OK" } : response))],
    "aws-success-204": [responding((response) => (response.body === "" ? { ...response, status: 204 } : response))],
    "aws-success-201": [
      responding((response, request) =>
        isTarget(request, "CreateUser") && response.status === 200 ? { ...response, status: 201 } : response,
      ),
    ],
    "aws-list-empty-body": [
      responding((response, request) =>
        isTarget(request, "ListUsers") && response.status === 200 ? { ...response, body: "" } : response,
      ),
    ],
    "aws-refusal-404": [responding((response) => (response.status === 400 ? { ...response, status: 404 } : response))],
    "aws-refusal-500": [responding((response) => (response.status === 400 ? { ...response, status: 500 } : response))],
    "aws-refusal-200": [responding((response) => ({ ...response, status: 200 }))],
    "aws-json-1.0": [
      responding((response) => ({
        ...response,
        headers: { ...response.headers, "Content-Type": "application/x-amz-json-1.0" },
      })),
    ],
  }),
  ...mutationsOf("bodies", cloud, {
    "cloud-refusal-400": [
      responding((response) => (response.body.includes('"Error"') ? { ...response, status: 400 } : response)),
    ],
    "cloud-success-201": [
      responding((response) => (response.body.includes('"Error"') ? response : { ...response, status: 201 })),
    ],
    "cloud-success-with-error": [inResponse((response) => ({ Error: null, ...response }))],
    "cloud-no-request-id": [inResponse(({ RequestId: _, ...response }) => response)],
    "cloud-refusal-without-request-id": [
      inResponse((response) => ("Error" in response ? { Error: response["Error"] } : response)),
    ],
    "cloud-request-id-number": [inResponse((response) => ({ ...response, RequestId: 1 }))],
    "cloud-request-id-repeated": [inResponse((response) => ({ ...response, RequestId: "1c875b55" }))],
    "cloud-flat-response": [changedBody((body) => body["Response"] ?? body)],
    "cloud-byte-order-mark": [responding((response) => ({ ...response, body: `\ufeff${response.body}` }))],
    "cloud-text-plain": [
      responding((response) => ({ ...response, headers: { ...response.headers, "Content-Type": "text/html" } })),
    ],
  }),
  ...mutationsOf("bodies", methods, {
    "cloud-put-accepted": [
      () => {
        let isPut = false;
        return {
          receive: (request) => {
            isPut = request.method === "PUT";
            return isPut ? { ...request, method: "POST" } : request;
          },
          // The signature is one of a PUT.
          matches: (_part, demanded, sent) => isPut || demanded === sent,
        };
      },
    ],
  }),
  ...mutationsOf("bodies", ["tencent/iai/*/protocol/**"], {
    "cloud-version-of-2020": [received((request) => replaced(request, /2020-03-03/, "2018-03-01"))],
    "cloud-any-version": [received((request) => replaced(request, /^\d{4}-\d\d-\d\d$/, "2018-03-01"))],
    "cloud-version-of-another-service": [received((request) => replaced(request, /2021-03-31/, "2018-03-01"))],
    "cloud-version-cut": [received((request) => replaced(request, /^(\d{4}-\d\d-\d\d).*$/, "$1"))],
  }),
  ...mutationsOf("bodies", chat, {
    "im-get-accepted": [
      () => ({
        receive: (request) =>
          request.method === "GET" && request.path.startsWith("/v4/") ? { ...request, method: "POST" } : request,
      }),
    ],
    "im-refusal-status-ok": [changedBody((body) => ({ ...body, ActionStatus: "OK" }))],
    "im-success-status-fail": [changedBody((body) => ({ ...body, ActionStatus: "FAIL" }))],
    "im-code-as-text": [
      changedBody((body) => ({ ...body, ErrorCode: String(body["ErrorCode"]) })),
      // Most other calls need something that a call without a readable code has created.
      globsOf("im account_import"),
    ],
    "im-refusal-without-info": [changedBody(({ ErrorInfo: _, ...body }) => body)],
    "im-refusal-400": [
      responding((response) => (response.body.includes("FAIL") ? { ...response, status: 400 } : response)),
    ],
    "im-any-version": [received((request) => ({ ...request, path: request.path.replace(/^\/\w+\//, "/v4/") }))],
  }),
];
