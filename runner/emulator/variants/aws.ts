/** Freedoms of AWS JSON: where an error names its type, how, and what else its answer holds. */
import type { Json } from "../../model/index.ts";
import type { EmulatorResponse } from "../request-context.ts";
import type { Variant } from "./variant.ts";

const aws = "aws-json";

/** A refusal written anew from its code. */
const refusal = (
  body: (code: string) => Json | undefined,
  header?: (code: string) => string,
): NonNullable<Variant["response"]> => {
  return (answer, { refusal }) => {
    if (!refusal) return answer;
    const written = body(refusal.code);
    const headers = header ? { ...answer.headers, "X-Amzn-Errortype": header(refusal.code) } : answer.headers;
    return { ...answer, headers, body: written === undefined ? "" : JSON.stringify(written) };
  };
};

/** A refusal whose members are others besides. */
const members = (change: (body: Record<string, Json>) => Record<string, Json>): NonNullable<Variant["response"]> => {
  return (answer, { refusal }) =>
    refusal ? { ...answer, body: JSON.stringify(change(JSON.parse(answer.body) as Record<string, Json>)) } : answer;
};

const space = (code: string) => `com.amazonaws.rekognition#${code}`;
const address = (code: string) => `${code}:http://internal.amazon.com/coral/com.amazon.coral.service/`;
const untyped = ({ headers: { "Content-Type": _, ...headers }, ...answer }: EmulatorResponse): EmulatorResponse => ({
  ...answer,
  headers,
});

/** What is told in a header needs no body, and a body that says nothing needs no type. */
export const awsVariants: readonly Variant[] = [
  {
    id: "aws-type-in-code",
    description: "Names the type of an error in code only.",
    family: aws,
    freedoms: [`${aws}/code/code`, `${aws}/optional/__type`, `${aws}/optional/Code`],
    response: refusal((code) => ({ code, message: "no" })),
  },
  {
    id: "aws-type-in-capital-code",
    description: "Names the type of an error in Code only.",
    family: aws,
    freedoms: [`${aws}/code/Code`, `${aws}/optional/__type`, `${aws}/optional/code`],
    response: refusal((Code) => ({ Code, Message: "no" })),
  },
  {
    id: "aws-type-alone",
    description: "Names the type of an error in __type and says nothing else.",
    family: aws,
    freedoms: [`${aws}/code/__type`, `${aws}/optional/message`, `${aws}/optional/Message`],
    response: refusal((__type) => ({ __type })),
  },
  {
    id: "aws-type-with-space",
    description: "Writes the type of an error with its name space.",
    family: aws,
    freedoms: [`${aws}/clean/after`],
    response: refusal((code) => ({ __type: space(code), message: "no" })),
  },
  {
    id: "aws-type-with-address",
    description: "Writes the type of an error with an address behind it.",
    family: aws,
    freedoms: [`${aws}/clean/before`],
    response: refusal((code) => ({ __type: address(code), message: "no" })),
  },
  {
    id: "aws-type-with-both",
    description: "Writes the type of an error with its name space and an address behind it.",
    family: aws,
    freedoms: [`${aws}/clean/after`, `${aws}/clean/before`],
    response: refusal((code) => ({ __type: address(space(code)) })),
  },
  {
    id: "aws-header-empty-body",
    description: "Names the type of an error in a header only, and has no body and no content type.",
    family: aws,
    freedoms: [`${aws}/code/x-amzn-errortype`, `${aws}/emptyBody/refusal`],
    response: (answer, context) => {
      const told = refusal(
        () => undefined,
        (code) => code,
      )(answer, context);
      return context.refusal ? untyped(told) : told;
    },
  },
  {
    id: "aws-header-empty-object",
    description: "Names the type of an error in a header only, with an address behind it; the body is an empty object.",
    family: aws,
    freedoms: [`${aws}/code/x-amzn-errortype`, `${aws}/clean/before`],
    response: refusal(() => ({}), address),
  },
  {
    id: "aws-header-and-body",
    description: "Names the type of an error in a header and in the body.",
    family: aws,
    freedoms: [`${aws}/code/x-amzn-errortype`, `${aws}/code/__type`],
    response: refusal((code) => ({ __type: space(code), message: "no" }), address),
  },
  {
    id: "aws-message-null",
    description: "Has null for a message.",
    family: aws,
    freedoms: [`${aws}/null/message`, `${aws}/null/Message`],
    response: members((body) => ({ ...body, message: null, Message: null })),
  },
  {
    id: "aws-message-reworded",
    description: "Says it in other words, in both spellings.",
    family: aws,
    freedoms: [`${aws}/text/message`, `${aws}/text/Message`],
    response: members((body) => ({ ...body, message: "", Message: "请求无效" })),
  },
  {
    id: "aws-empty-object",
    description: "Answers an action without output with an empty object.",
    family: aws,
    freedoms: ["output/none"],
    response: (answer) => (answer.body === "" ? { ...answer, body: "{}" } : answer),
  },
  {
    id: "aws-empty-untyped",
    description: "Names no content type where there is no body.",
    family: aws,
    freedoms: [`${aws}/emptyBody/success`],
    response: (answer) => (answer.body === "" ? untyped(answer) : answer),
  },
  {
    id: "aws-request-id-no-uuid",
    description: "Gives request ids that are no UUIDs.",
    family: aws,
    freedoms: [`${aws}/requestId`],
    response: (answer) => ({
      ...answer,
      headers: {
        ...answer.headers,
        "x-amzn-RequestId": `${answer.headers["x-amzn-RequestId"]}/+=`.replaceAll("-", ""),
      },
    }),
  },
  {
    id: "aws-output-left-out",
    description: "Leaves single values out of its output that no page promises.",
    family: aws,
    freedoms: ["output/optional"],
    response: (answer, { refusal, action }) => {
      if (refusal || answer.body === "") return answer;
      const kept = new Set(action?.output.required ?? []);
      const output = Object.entries(JSON.parse(answer.body) as Record<string, Json>);
      const left = output.filter(([name, v]) => kept.has(name) || typeof v === "object" || name === "NextToken");
      return { ...answer, body: JSON.stringify(Object.fromEntries(left)) };
    },
  },
];
