/** Freedoms of the Tencent envelopes: request ids, messages, what may be absent or beside. */
import type { Json } from "../../model/index.ts";
import { editJson } from "../faults/fault.ts";
import type { Variant } from "./variant.ts";

type Body = Record<string, Json>;
type Member = Record<string, Json> | undefined;

/** Edits what stands in Response. */
const response = (change: (response: Record<string, Json>) => void): NonNullable<Variant["response"]> => {
  return (answer) => editJson(answer, (body) => change(body["Response"] as Record<string, Json>));
};

const message = (words: string): NonNullable<Variant["response"]> =>
  response((r) => {
    const error = r["Error"] as Member;
    if (error) error["Message"] = words;
  });

const info = (words: string): NonNullable<Variant["response"]> => {
  return (answer) =>
    editJson(answer, (body: Body) => {
      body["ErrorInfo"] = words;
    });
};

const [reworded, translated] = ["Sorry, <b>no</b>: {0}", "参数错误，请检查后重试 — “GroupId”"];

/** Without the type, as some gateways send it. */
const imType = (value: string | undefined): NonNullable<Variant["response"]> => {
  return (answer) => ({ ...answer, headers: value === undefined ? {} : { "Content-Type": value } });
};

const cloud = "tencent-cloud";
const im = "tencent-im";

export const tencentVariants: readonly Variant[] = [
  {
    id: "request-id-no-uuid",
    description: "Gives request ids that are no UUIDs.",
    family: cloud,
    freedoms: [`${cloud}/requestId`],
    response: response((r) => {
      r["RequestId"] = `${String(r["RequestId"]).replaceAll("-", "").toUpperCase()}/é=`;
    }),
  },
  {
    id: "message-reworded",
    description: "Says it in other words.",
    family: cloud,
    freedoms: [`${cloud}/text/Message`],
    response: message(reworded),
  },
  {
    id: "message-translated",
    description: "Says it in Chinese.",
    family: cloud,
    freedoms: [`${cloud}/text/Message`],
    response: message(translated),
  },
  {
    id: "message-empty",
    description: "Says nothing in its message.",
    family: cloud,
    freedoms: [`${cloud}/text/Message`],
    response: message(""),
  },
  {
    id: "im-info-reworded",
    description: "Says it in other words, after a success too.",
    family: im,
    freedoms: [`${im}/text/ErrorInfo`],
    response: info(reworded),
  },
  {
    id: "im-info-translated",
    description: "Says it in Chinese.",
    family: im,
    freedoms: [`${im}/text/ErrorInfo`],
    response: info(translated),
  },
  {
    id: "im-info-empty",
    description: "Says nothing in ErrorInfo.",
    family: im,
    freedoms: [`${im}/text/ErrorInfo`],
    response: info(""),
  },
  {
    id: "im-info-absent",
    description: "Leaves ErrorInfo out of a success.",
    family: im,
    freedoms: [`${im}/optional/ErrorInfo`],
    response: (answer, { refusal }) =>
      refusal
        ? answer
        : editJson(answer, (body) => {
            delete body["ErrorInfo"];
          }),
  },
  {
    id: "im-error-display",
    description: "Gives ErrorDisplay beside ErrorInfo, as later pages do.",
    family: im,
    freedoms: ["open"],
    response: (answer) =>
      editJson(answer, (body) => {
        body["ErrorDisplay"] = "";
      }),
  },
  {
    id: "im-type-text",
    description: "Calls its JSON plain text.",
    family: im,
    freedoms: [`${im}/contentType`],
    response: imType("text/plain; charset=utf-8"),
  },
  {
    id: "im-type-absent",
    description: "Names no content type.",
    family: im,
    freedoms: [`${im}/contentType`],
    response: imType(undefined),
  },
];
