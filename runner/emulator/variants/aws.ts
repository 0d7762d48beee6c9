/** Variants of AWS JSON: where and how an error names its type, and which members a response has. */
import type { Json } from "../../model/index.ts";
import type { EmulatorResponse } from "../request-context.ts";
import type { Variant } from "./variant.ts";

type ResponseHook = NonNullable<Variant["response"]>;

const aws = "aws-json";

/** Replaces the body of a refusal, and sets the header X-Amzn-Errortype; both are derived from the code. */
const refusalWith = (
  bodyOf: (code: string) => Json | undefined,
  errorType?: (code: string) => string,
): ResponseHook => {
  return (response, { refusal }) => {
    if (!refusal) return response;
    const body = bodyOf(refusal.code);
    const headers = errorType ? { ...response.headers, "X-Amzn-Errortype": errorType(refusal.code) } : response.headers;
    return { ...response, headers, body: body === undefined ? "" : JSON.stringify(body) };
  };
};

/** Changes the members of a refusal. */
const refusalMembers = (change: (body: Record<string, Json>) => Record<string, Json>): ResponseHook => {
  return (response, { refusal }) =>
    refusal
      ? { ...response, body: JSON.stringify(change(JSON.parse(response.body) as Record<string, Json>)) }
      : response;
};

const withNamespace = (code: string) => `com.amazonaws.rekognition#${code}`;
const withUrl = (code: string) => `${code}:http://internal.amazon.com/coral/com.amazon.coral.service/`;
const withoutContentType = ({
  headers: { "Content-Type": _, ...headers },
  ...response
}: EmulatorResponse): EmulatorResponse => ({ ...response, headers });

export const awsVariants: readonly Variant[] = [
  {
    id: "aws-type-in-code",
    description: "Names the type of an error in code only.",
    family: aws,
    freedoms: [`${aws}/code/code`, `${aws}/optional/__type`, `${aws}/optional/Code`],
    response: refusalWith((code) => ({ code, message: "no" })),
  },
  {
    id: "aws-type-in-capital-code",
    description: "Names the type of an error in Code only.",
    family: aws,
    freedoms: [`${aws}/code/Code`, `${aws}/optional/__type`, `${aws}/optional/code`],
    response: refusalWith((Code) => ({ Code, Message: "no" })),
  },
  {
    id: "aws-type-alone",
    description: "Names the type of an error in __type and has no other member.",
    family: aws,
    freedoms: [`${aws}/code/__type`, `${aws}/optional/message`, `${aws}/optional/Message`],
    response: refusalWith((__type) => ({ __type })),
  },
  {
    id: "aws-type-with-space",
    description: "Writes the type of an error with its namespace.",
    family: aws,
    freedoms: [`${aws}/clean/after`],
    response: refusalWith((code) => ({ __type: withNamespace(code), message: "no" })),
  },
  {
    id: "aws-type-with-address",
    description: "Writes the type of an error with a URL behind it.",
    family: aws,
    freedoms: [`${aws}/clean/before`],
    response: refusalWith((code) => ({ __type: withUrl(code), message: "no" })),
  },
  {
    id: "aws-type-with-both",
    description: "Writes the type of an error with its namespace and a URL behind it.",
    family: aws,
    freedoms: [`${aws}/clean/after`, `${aws}/clean/before`],
    response: refusalWith((code) => ({ __type: withUrl(withNamespace(code)) })),
  },
  {
    id: "aws-header-empty-body",
    description: "Names the type of an error in a header only, without a body and a content type.",
    family: aws,
    freedoms: [`${aws}/code/x-amzn-errortype`, `${aws}/emptyBody/refusal`],
    response: (response, context) => {
      const changed = refusalWith(
        () => undefined,
        (code) => code,
      )(response, context);
      return context.refusal ? withoutContentType(changed) : changed;
    },
  },
  {
    id: "aws-header-empty-object",
    description: "Names the type of an error in a header only, with a URL behind it; the body is an empty object.",
    family: aws,
    freedoms: [`${aws}/code/x-amzn-errortype`, `${aws}/clean/before`],
    response: refusalWith(() => ({}), withUrl),
  },
  {
    id: "aws-header-and-body",
    description: "Names the type of an error in a header and in the body.",
    family: aws,
    freedoms: [`${aws}/code/x-amzn-errortype`, `${aws}/code/__type`],
    response: refusalWith((code) => ({ __type: withNamespace(code), message: "no" }), withUrl),
  },
  {
    id: "aws-message-null",
    description: "Has null as the message.",
    family: aws,
    freedoms: [`${aws}/null/message`, `${aws}/null/Message`],
    response: refusalMembers((body) => ({ ...body, message: null, Message: null })),
  },
  {
    id: "aws-message-reworded",
    description: "Has another message, in both message and Message.",
    family: aws,
    freedoms: [`${aws}/text/message`, `${aws}/text/Message`],
    response: refusalMembers((body) => ({ ...body, message: "", Message: "请求无效" })),
  },
  {
    id: "aws-empty-object",
    description: "Responds with an empty object for an action without output.",
    family: aws,
    freedoms: ["output/none"],
    response: (response) => (response.body === "" ? { ...response, body: "{}" } : response),
  },
  {
    id: "aws-empty-untyped",
    description: "Has no content type where there is no body.",
    family: aws,
    freedoms: [`${aws}/emptyBody/success`],
    response: (response) => (response.body === "" ? withoutContentType(response) : response),
  },
  {
    id: "aws-request-id-absent",
    description: "Has no request ids.",
    family: aws,
    freedoms: ["http/headers"],
    response: ({ headers: { "x-amzn-RequestId": _, ...headers }, ...response }) => ({ ...response, headers }),
  },
  {
    id: "aws-request-id-constant",
    description: "Has the same request id, which is no UUID, in every response.",
    family: aws,
    freedoms: ["http/headers"],
    response: (response) => ({ ...response, headers: { ...response.headers, "x-amzn-RequestId": "/+=" } }),
  },
  {
    id: "aws-output-null",
    description:
      "Has null for the optional values of its output and for an empty list; the protocol treats null as absent.",
    family: aws,
    freedoms: ["output/null"],
    response: (response, { refusal, action }) => {
      if (refusal || response.body === "") return response;
      const members = JSON.parse(response.body) as Record<string, Json>;
      for (const [name, schema] of Object.entries(action?.output.properties ?? {})) {
        // A page without its token would be the last one.
        if (name === action?.returnedList?.nextToken && members[name] !== undefined) continue;
        const isEmpty = typeof members[name] !== "object" || (members[name] as Json[]).length === 0;
        if ([(schema as { type?: string | string[] }).type].flat().includes("null") && isEmpty) members[name] = null;
      }
      return { ...response, body: JSON.stringify(members) };
    },
  },
  {
    id: "aws-output-left-out",
    description: "Leaves out values of its output that no documentation page requires.",
    family: aws,
    freedoms: ["output/optional"],
    response: (response, { refusal, action }) => {
      if (refusal || response.body === "") return response;
      const required = new Set(action?.output.required ?? []);
      const members = Object.entries(JSON.parse(response.body) as Record<string, Json>);
      const kept = members.filter(([name, v]) => required.has(name) || typeof v === "object" || name === "NextToken");
      return { ...response, body: JSON.stringify(Object.fromEntries(kept)) };
    },
  },
];
