/** Variants of the Tencent envelopes: request ids, messages, content types, and members that may be absent or extra. */
import type { Json } from "../../model/index.ts";
import { editJson } from "../faults/fault.ts";
import type { Variant } from "./variant.ts";

type ResponseHook = NonNullable<Variant["response"]>;
type Members = Record<string, Json>;

/** Edits the members of Response. */
const editResponseMember = (edit: (members: Members) => void): ResponseHook => {
  return (response) => editJson(response, (body) => edit(body["Response"] as Members));
};

/** Sets the Message of a refusal. */
const withMessage = (text: string): ResponseHook =>
  editResponseMember((members) => {
    const error = members["Error"] as Members | undefined;
    if (error) error["Message"] = text;
  });

const withErrorInfo = (text: string): ResponseHook => {
  return (response) =>
    editJson(response, (body) => {
      body["ErrorInfo"] = text;
    });
};

const [reworded, translated] = ["Sorry, <b>no</b>: {0}", "参数错误，请检查后重试 — “GroupId”"];

/** Sets the content type; undefined removes it. */
const withContentType = (value: string | undefined): ResponseHook => {
  return (response) => ({ ...response, headers: value === undefined ? {} : { "Content-Type": value } });
};

const cloud = "tencent-cloud";
const im = "tencent-im";

export const tencentVariants: readonly Variant[] = [
  {
    id: "request-id-no-uuid",
    description: "Has request ids that are not UUIDs.",
    family: cloud,
    freedoms: [`${cloud}/requestId`],
    response: editResponseMember((members) => {
      members["RequestId"] = `${String(members["RequestId"]).replaceAll("-", "").toUpperCase()}/é=`;
    }),
  },
  {
    id: "message-reworded",
    description: "Has another error message.",
    family: cloud,
    freedoms: [`${cloud}/text/Message`],
    response: withMessage(reworded),
  },
  {
    id: "message-translated",
    description: "Has a Chinese error message.",
    family: cloud,
    freedoms: [`${cloud}/text/Message`],
    response: withMessage(translated),
  },
  {
    id: "message-empty",
    description: "Has an empty error message.",
    family: cloud,
    freedoms: [`${cloud}/text/Message`],
    response: withMessage(""),
  },
  {
    id: "type-text",
    description: "Sends JSON with the content type of plain text.",
    family: cloud,
    freedoms: ["contentType/alternatives"],
    response: withContentType("text/plain; charset=utf-8"),
  },
  {
    id: "size-without-envelope",
    description:
      "Refuses a request that is too long with HTTP 413 or 414 and a page of HTML, as a server in front of the service does.",
    family: cloud,
    freedoms: ["size"],
    response: (response, { refusal, request }) =>
      refusal?.breach === "size"
        ? {
            status: request.method === "GET" ? 414 : 413,
            headers: { "Content-Type": "text/html" },
            body: "<h1>Too long</h1>",
          }
        : response,
  },
  {
    id: "im-info-reworded",
    description: "Has another text in ErrorInfo, also after a success.",
    family: im,
    freedoms: [`${im}/text/ErrorInfo`],
    response: withErrorInfo(reworded),
  },
  {
    id: "im-info-translated",
    description: "Has a Chinese text in ErrorInfo.",
    family: im,
    freedoms: [`${im}/text/ErrorInfo`],
    response: withErrorInfo(translated),
  },
  {
    id: "im-info-empty",
    description: "Has an empty ErrorInfo.",
    family: im,
    freedoms: [`${im}/text/ErrorInfo`],
    response: withErrorInfo(""),
  },
  {
    id: "im-info-absent",
    description: "Leaves ErrorInfo out of a success.",
    family: im,
    freedoms: [`${im}/optional/ErrorInfo`],
    response: (response, { refusal }) =>
      refusal
        ? response
        : editJson(response, (body) => {
            delete body["ErrorInfo"];
          }),
  },
  {
    id: "im-error-display",
    description: "Adds ErrorDisplay, as newer documentation pages do.",
    family: im,
    freedoms: ["open"],
    response: (response) =>
      editJson(response, (body) => {
        body["ErrorDisplay"] = "";
      }),
  },
  {
    id: "im-type-text",
    description: "Sends JSON with the content type of plain text.",
    family: im,
    freedoms: [`${im}/contentType`],
    response: withContentType("text/plain; charset=utf-8"),
  },
  {
    id: "im-type-absent",
    description: "Has no content type.",
    family: im,
    freedoms: [`${im}/contentType`],
    response: withContentType(undefined),
  },
];
