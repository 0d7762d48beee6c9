/** The code of a refusal where clients do not read it, or twice with different values. */
import type { ServerHooks, ServerResponse } from "../hooks.ts";
import { globsOf, mutationsOf } from "./mutation.ts";

type Body = Record<string, unknown>;

const changedRefusal = (change: (body: Body) => { body?: unknown; header?: string }): (() => Partial<ServerHooks>) => {
  return () => ({
    respond: (response): ServerResponse => {
      if (response.body === "" || !/"Error"|"FAIL"|"__type"/.test(response.body)) return response;
      const { body, header } = change(JSON.parse(response.body) as Body);
      return {
        ...response,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        headers: { ...response.headers, ...(header === undefined ? {} : { "x-amzn-ErrorType": header }) },
      };
    },
  });
};

const error = (change: (error: Body) => unknown) =>
  changedRefusal(({ Response }) => {
    const { Error: old, ...others } = Response as Body;
    return { body: { Response: { ...others, ...(change(old as Body) as Body) } } };
  });

const aws = globsOf("rekognition CreateUser DeleteUser DescribeCollection");
const cloud = globsOf("iai CreateGroup DeleteGroup");
const chat = globsOf("im delete_group_member destroy_group");

export const codePlaceMutations = [
  ...mutationsOf("code-places", aws, {
    "header-contradicts-type": [changedRefusal(() => ({ header: "AccessDeniedException" }))],
    "header-is-internal-error": [changedRefusal(() => ({ header: "InternalServerError" }))],
    "code-contradicts-type": [changedRefusal((body) => ({ body: { ...body, code: "AccessDeniedException" } }))],
    "upper-case-code-contradicts-type": [
      changedRefusal((body) => ({ body: { ...body, Code: "AccessDeniedException" } })),
    ],
    "type-only-in-code": [changedRefusal(({ __type: type, Message }) => ({ body: { code: type, Message } }))],
    "type-only-in-error": [changedRefusal(({ __type: type, Message }) => ({ body: { error: type, Message } }))],
    "type-nested": [changedRefusal(({ __type: type, Message }) => ({ body: { Error: { Code: type, Message } } }))],
    "type-in-lower-case": [
      changedRefusal((body) => ({ body: { ...body, __type: String(body["__type"]).toLowerCase(), Code: undefined } })),
    ],
    "type-without-exception": [
      changedRefusal((body) => ({
        body: { ...body, __type: String(body["__type"]).replace("Exception", ""), Code: undefined },
      })),
    ],
    "type-only-in-message": [changedRefusal(({ __type: type }) => ({ body: { Message: type } }))],
  }),
  ...mutationsOf("code-places", cloud, {
    "cloud-code-in-lower-case-member": [error(({ Code, Message }) => ({ Error: { code: Code, Message } }))],
    "cloud-code-next-to-error": [error(({ Code, Message }) => ({ Error: { Message }, Code }))],
    "cloud-code-as-error": [error(({ Code }) => ({ Error: Code }))],
    "cloud-code-family-only": [
      error(({ Code, Message }) => ({ Error: { Code: String(Code).split(".")[0], Message } })),
    ],
    "cloud-code-in-message": [error(({ Code }) => ({ Error: { Code: "FailedOperation", Message: Code } }))],
    "cloud-error-in-list": [error((old) => ({ Error: [old] }))],
  }),
  ...mutationsOf("code-places", chat, {
    "im-code-in-info": [
      changedRefusal((body) => ({ body: { ...body, ErrorCode: 1, ErrorInfo: String(body["ErrorCode"]) } })),
    ],
    "im-code-negative": [changedRefusal((body) => ({ body: { ...body, ErrorCode: -Number(body["ErrorCode"]) } }))],
    "im-code-in-lower-case-member": [
      changedRefusal(({ ErrorCode, ...body }) => ({ body: { ...body, errorCode: ErrorCode } })),
    ],
    "im-code-10000-for-all": [changedRefusal((body) => ({ body: { ...body, ErrorCode: 10000 } }))],
  }),
];
