/** Faults about one way of putting a call on the wire: the others are as they should be. */
import type { Json } from "../../model/index.ts";
import type { Context } from "../request-context.ts";
import type { Fault } from "./fault.ts";
import { isText, reads } from "./value-faults.ts";

const iai = "tencent/iai";

const over = (context: Context, binding: string): boolean => context.received?.binding === binding;

const hasNumber = (values: readonly (Json | undefined)[]): boolean => values.some((v) => typeof v === "number");

/** A value that does not decode once more. */
const undecodable = isText((v) => {
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
    says: "Refuses every valid call signed by version 1 with HmacSHA256 in a query.",
    action: iai,
    family: "valid",
    cell: "binding:v1-get-sha256",
    refuses: (_, context) => (over(context, "v1-get-sha256") ? "InvalidParameter" : undefined),
  },
  {
    id: "first-item-of-a-query",
    says: "Reads the first item alone of a list in a query.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    cell: "binding:tc3-get",
    input: reads("GroupExDescriptions", (v, context) =>
      Array.isArray(v) && over(context, "tc3-get") ? v.slice(0, 1) : v,
    ),
  },
  {
    id: "query-decoded-twice",
    says: "Decodes the values of a query twice, and breaks where that cannot be done.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    cell: "binding:tc3-get",
    refuses: (members, context) =>
      over(context, "tc3-get") && Object.values(members).some((v) => v !== undefined && undecodable(v))
        ? "InternalError"
        : undefined,
  },
  {
    id: "plus-for-a-blank",
    says: "Reads an encoded plus sign in a query as a blank.",
    action: "tencent/organization/CreateUser",
    family: "valid",
    cell: "binding:v1-get-sha1",
    input: reads("UserName", (v, context) =>
      typeof v === "string" && over(context, "v1-get-sha1") ? v.replaceAll("+", " ") : v,
    ),
  },
  {
    id: "ampersand-parts-a-form",
    says: "Decodes a form before it parts it, so that an ampersand in a value begins another parameter.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    cell: "binding:v1-post-sha1",
    refuses: ({ GroupId }, context) =>
      over(context, "v1-post-sha1") && String(GroupId).includes("&") ? "UnknownParameter" : undefined,
  },
  {
    id: "numbers-refused-in-pairs",
    says: "Takes no number in a form, where everything is text.",
    action: iai,
    family: "valid",
    cell: "keyword:type/strict",
    refuses: (members, context) =>
      over(context, "v1-post-sha256") && hasNumber(Object.values(members)) ? "InvalidParameter" : undefined,
  },
  {
    id: "form-without-its-members",
    says: "Reads nothing but the common parameters of a form.",
    action: "tencent/organization/AddUserToGroup",
    family: "valid",
    cell: "binding:v1-post-sha256",
    input: (members, context) => (over(context, "v1-post-sha256") ? {} : members),
  },
];
