/** Faults about one way of putting a call on the wire: the others are as they should be. */
import type { Json } from "../../model/index.ts";
import type { RequestContext } from "../request-context.ts";
import type { Fault } from "./fault.ts";
import { misreadMember, textMatching } from "./value-faults.ts";

const iai = "tencent/iai";

const over = (context: RequestContext, binding: string): boolean => context.received?.binding === binding;

const hasNumber = (values: readonly (Json | undefined)[]): boolean => values.some((v) => typeof v === "number");

/** A value that does not decode once more. */
const undecodable = textMatching((v) => {
  try {
    decodeURIComponent(v);
    return false;
  } catch {
    return true;
  }
});

export const bindingFaults: readonly Fault[] = [
  {
    id: "one-binding-refused",
    description: "Refuses every valid call signed by version 1 with HmacSHA256 in a query.",
    action: iai,
    family: "valid",
    detects: "binding:v1-get-sha256",
    extraRefusal: (_, context) => (over(context, "v1-get-sha256") ? "InvalidParameter" : undefined),
  },
  {
    id: "first-item-of-a-query",
    description: "Reads the first item alone of a list in a query.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "binding:tc3-get",
    input: misreadMember("GroupExDescriptions", (v, context) =>
      Array.isArray(v) && over(context, "tc3-get") ? v.slice(0, 1) : v,
    ),
  },
  {
    id: "query-decoded-twice",
    description: "Decodes the values of a query twice, and breaks where that cannot be done.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "binding:tc3-get",
    extraRefusal: (members, context) =>
      over(context, "tc3-get") && Object.values(members).some((v) => v !== undefined && undecodable(v))
        ? "InternalError"
        : undefined,
  },
  {
    id: "plus-for-a-blank",
    description: "Reads an encoded plus sign in a query as a blank.",
    action: "tencent/organization/CreateUser",
    family: "valid",
    detects: "binding:v1-get-sha1",
    input: misreadMember("UserName", (v, context) =>
      typeof v === "string" && over(context, "v1-get-sha1") ? v.replaceAll("+", " ") : v,
    ),
  },
  {
    id: "ampersand-parts-a-form",
    description: "Decodes a form before it parts it, so that an ampersand in a value begins another parameter.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "binding:v1-post-sha1",
    extraRefusal: ({ GroupId }, context) =>
      over(context, "v1-post-sha1") && String(GroupId).includes("&") ? "UnknownParameter" : undefined,
  },
  {
    id: "numbers-refused-in-pairs",
    description: "Takes no number in a form, where everything is text.",
    action: iai,
    family: "valid",
    detects: "keyword:type/strict",
    extraRefusal: (members, context) =>
      over(context, "v1-post-sha256") && hasNumber(Object.values(members)) ? "InvalidParameter" : undefined,
  },
  {
    id: "form-without-its-members",
    description: "Reads nothing but the common parameters of a form.",
    action: "tencent/organization/AddUserToGroup",
    family: "valid",
    detects: "binding:v1-post-sha256",
    input: (members, context) => (over(context, "v1-post-sha256") ? {} : members),
  },
];
