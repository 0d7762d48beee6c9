/** Values of another type that are converted instead of refused, or converted wrongly. */
import type { Json } from "../../../../runner/model/index.ts";
import type { Shape } from "../call.ts";
import type { ServerHooks } from "../hooks.ts";
import { globsOf, mutationsOf } from "./mutation.ts";

/** Converts values of a type in requests that `isOf` selects by their bytes. */
function converting(
  type: Shape["type"],
  convert: (value: Json) => Json,
  isOf: (text: string) => boolean = () => true,
): () => Partial<ServerHooks> {
  return () => {
    let applies = false;
    return {
      receive: (request) => {
        applies = isOf(`${request.method} ${request.path} ${request.headers.join(" ")}`);
        return request;
      },
      convert: (shape, value) => (applies && shape.type === type ? convert(value) : value),
    };
  };
}

const isText = (value: Json): value is string => typeof value === "string";
const inQuery = (text: string): boolean => text.startsWith("GET");
const inForm = (text: string): boolean => /^POST.*x-www-form-urlencoded/.test(text);
const inJson = (text: string): boolean => /^POST.*json/.test(text);

const isNumeral = (value: Json): value is string => isText(value) && /^-?\d+$/.test(value);

const everywhere = ["tencent/iai/GetPersonList/**", "tencent/iai/CreatePerson/**", "tencent/iai/CreateGroup/**"];
const users = ["tencent/organization/CreateUser/**"];
const aws = globsOf("rekognition ListUsers CreateUser CreateCollection");
const chat = globsOf("im add_group_member delete_group_member create_group");

export const typeMutations = [
  ...mutationsOf("types", everywhere, {
    "integer-as-text": [converting("integer", (value) => (isNumeral(value) ? Number(value) : value), inJson)],
    "integer-truncated": [
      converting("integer", (value) => (typeof value === "number" ? Math.trunc(value) : value), inJson),
    ],
    "integer-rounded-in-query": [
      converting(
        "integer",
        (value) => (isText(value) && /^-?\d+\.\d+$/.test(value) ? Math.round(Number(value)) : value),
        inQuery,
      ),
    ],
    "integer-rounded-in-form": [
      converting(
        "integer",
        (value) => (isText(value) && /^-?\d+\.\d+$/.test(value) ? Math.round(Number(value)) : value),
        inForm,
      ),
    ],
    "integer-of-any-text-in-query": [converting("integer", (value) => (isText(value) ? 1 : value), inQuery)],
    "integer-of-any-text-in-form": [converting("integer", (value) => (isText(value) ? 1 : value), inForm)],
    "integer-exponent-in-query": [
      converting("integer", (value) => (isText(value) && /^\d+e\d+$/i.test(value) ? Number(value) : value), inQuery),
    ],
    "integer-of-boolean": [converting("integer", (value) => (typeof value === "boolean" ? Number(value) : value))],
    "integer-of-list": [converting("integer", (value) => (Array.isArray(value) ? 1 : value))],
    "integer-of-32-bits": [converting("integer", (value) => (typeof value === "number" ? value | 0 : value))],
    "integer-wrapped-at-32-bits": [
      converting("integer", (value) => (typeof value === "number" ? value % 2 ** 32 : value), inJson),
    ],
    "integer-wrapped-in-query": [
      converting("integer", (value) => (typeof value === "number" ? value % 2 ** 32 : value), inQuery),
    ],
    "integer-wrapped-in-form": [
      converting("integer", (value) => (typeof value === "number" ? value % 2 ** 32 : value), inForm),
    ],
    "integer-sign-dropped": [converting("integer", (value) => (typeof value === "number" ? Math.abs(value) : value))],
    "integer-with-exponent-refused": [
      () => ({
        receive: (request) => (/:\s*\d+e\d/.test(String(request.body)) ? { ...request, body: "{" } : request),
      }),
    ],
    "text-of-number": [converting("text", (value) => (typeof value === "number" ? String(value) : value), inJson)],
    "text-of-boolean": [converting("text", (value) => (typeof value === "boolean" ? String(value) : value))],
    "text-of-list": [converting("text", (value) => (Array.isArray(value) ? String(value[0]) : value))],
    "text-of-object": [
      converting("text", (value) =>
        typeof value === "object" && value !== null && !Array.isArray(value) ? "object" : value,
      ),
    ],
    "list-of-text": [converting("list", (value) => (isText(value) ? [value] : value))],
    "list-of-text-in-query": [converting("list", (value) => (isText(value) ? [value] : value), inQuery)],
    "list-of-object": [
      converting("list", (value) =>
        typeof value === "object" && value !== null && !Array.isArray(value) ? Object.values(value) : value,
      ),
    ],
  }),
  ...mutationsOf("types", users, {
    "boolean-as-text": [
      converting("boolean", (value) => (value === "true" ? true : value === "false" ? false : value), inJson),
    ],
    "boolean-as-number": [converting("boolean", (value) => (typeof value === "number" ? value !== 0 : value))],
    "boolean-1-in-query": [
      converting("boolean", (value) => (value === "1" ? true : value === "0" ? false : value), inQuery),
    ],
    "boolean-of-any-text-in-form": [converting("boolean", (value) => (isText(value) ? value !== "" : value), inForm)],
    "boolean-refused-in-query": [converting("boolean", () => "", inQuery)],
  }),
  ...mutationsOf("types", aws, {
    "aws-integer-as-text": [converting("integer", (value) => (isNumeral(value) ? Number(value) : value))],
    "aws-integer-truncated": [
      converting("integer", (value) => (typeof value === "number" ? Math.trunc(value) : value)),
    ],
    "aws-text-of-number": [converting("text", (value) => (typeof value === "number" ? String(value) : value))],
    "aws-map-of-list": [converting("map", (value) => (Array.isArray(value) ? {} : value))],
  }),
  ...mutationsOf("types", chat, {
    "im-integer-as-text": [converting("integer", (value) => (isNumeral(value) ? Number(value) : value))],
    "im-integer-truncated": [converting("integer", (value) => (typeof value === "number" ? Math.trunc(value) : value))],
    "im-integer-of-boolean": [converting("integer", (value) => (typeof value === "boolean" ? Number(value) : value))],
    "im-text-of-number": [converting("text", (value) => (typeof value === "number" ? String(value) : value))],
    "im-list-of-text": [converting("list", (value) => (isText(value) ? [value] : value))],
    "im-object-of-text": [
      converting("object", (value) => (isText(value) ? { Member_Account: value, UserID: value } : value)),
    ],
  }),
];
