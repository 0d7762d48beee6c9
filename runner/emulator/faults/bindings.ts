/** Faults in one binding (signature version, method and body format); calls over the other bindings are handled correctly. */
import type { Json } from "../../model/index.ts";
import type { RequestContext } from "../request-context.ts";
import type { Fault } from "./fault.ts";
import { misreadMember, textMatching } from "./value-faults.ts";

const iai = "tencent/iai";

const usesBinding = (context: RequestContext, binding: string): boolean => context.received?.binding === binding;

const hasNumber = (values: readonly (Json | undefined)[]): boolean => values.some((v) => typeof v === "number");

/** True for a string that cannot be percent-decoded a second time. */
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
    id: "first-item-of-a-query",
    description: "Reads only the first item of a list in a query string.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "binding:tc3-get",
    input: misreadMember("GroupExDescriptions", (v, context) =>
      Array.isArray(v) && usesBinding(context, "tc3-get") ? v.slice(0, 1) : v,
    ),
  },
  {
    id: "query-decoded-twice",
    description: "Decodes values in a query string twice and answers with InternalError if that fails.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "binding:tc3-get",
    extraRefusal: (members, context) =>
      usesBinding(context, "tc3-get") && Object.values(members).some((v) => v !== undefined && undecodable(v))
        ? "InternalError"
        : undefined,
  },
  {
    id: "plus-for-a-blank",
    description: "Reads an encoded plus sign in a query string as a space.",
    action: "tencent/organization/CreateUser",
    family: "valid",
    detects: "binding:v1-get-sha1",
    input: misreadMember("UserName", (v, context) =>
      typeof v === "string" && usesBinding(context, "v1-get-sha1") ? v.replaceAll("+", " ") : v,
    ),
  },
  {
    id: "ampersand-parts-a-form",
    description: "Decodes a form before splitting it, so that an ampersand in a value starts another parameter.",
    action: "tencent/iai/CreateGroup",
    family: "valid",
    detects: "binding:v1-post-sha1",
    extraRefusal: ({ GroupId }, context) =>
      usesBinding(context, "v1-post-sha1") && String(GroupId).includes("&") ? "UnknownParameter" : undefined,
  },
  {
    id: "numbers-refused-in-pairs",
    description: "Refuses numbers in a form.",
    action: iai,
    family: "valid",
    detects: "keyword:type/strict",
    extraRefusal: (members, context) =>
      usesBinding(context, "v1-post-sha256") && hasNumber(Object.values(members)) ? "InvalidParameter" : undefined,
  },
  {
    id: "form-without-its-members",
    description: "Ignores all parameters of a form except the common ones.",
    action: "tencent/organization/AddUserToGroup",
    family: "valid",
    detects: "binding:v1-post-sha256",
    input: (members, context) => (usesBinding(context, "v1-post-sha256") ? {} : members),
  },
  {
    id: "accents-refused-in-a-query",
    description: "Accepts letters with accents in GroupId in a body but refuses them in a query string.",
    action: "tencent/iai/CreateGroup",
    family: "equivalence",
    detects: "check:equivalence",
    extraRefusal: ({ GroupId }, context) =>
      usesBinding(context, "tc3-get") && /[^\p{ASCII}]/u.test(String(GroupId))
        ? "InvalidParameterValue.GroupIdIllegal"
        : undefined,
  },
  {
    id: "accents-refused-in-a-form",
    description: "Accepts letters with accents in Tag in JSON but refuses them in a form.",
    action: "tencent/iai/CreateGroup",
    family: "equivalence",
    detects: "check:equivalence",
    extraRefusal: ({ Tag }, context) =>
      usesBinding(context, "v1-post-sha256") && /[\u00c0-\u024f]/u.test(String(Tag))
        ? "InvalidParameterValue.GroupTagIllegal"
        : undefined,
  },
  {
    id: "description-unlimited-in-a-query",
    description: "Limits the length of Description in a body but not in a query string.",
    action: "tencent/organization/CreateGroup",
    family: "equivalence",
    detects: "check:equivalence",
    refusal: (refusal, context) =>
      usesBinding(context, "v1-get-sha1") && refusal.parameter === "Description" && refusal.breach === "maxLength"
        ? undefined
        : refusal,
  },
];
