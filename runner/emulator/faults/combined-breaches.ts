/** Faults that no case with a single breach can detect: they need two breaches in one call, or one value sent over two bindings. */

import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import type { Fault } from "./fault.ts";

/** Refusals of single parameters, postponed until all parameters of the call are checked. */
const breachesByCall = new WeakMap<RequestContext, EmulatorRefusal[]>();

/** Refuses a call with one invalid parameter correctly, and a call with several with `code`; undefined accepts the latter. */
const handleMultipleBreaches = (code: string | undefined): Pick<Fault, "refusal" | "extraRefusal"> => ({
  refusal: (refusal, context) => {
    if (refusal.parameter === "" || refusal.breach === "" || refusal.breach === "unknown") return refusal;
    breachesByCall.set(context, [...(breachesByCall.get(context) ?? []), refusal]);
    return undefined; // extraRefusal decides when all parameters have been checked
  },
  extraRefusal: (_, context) => {
    const parameters = new Set(
      (breachesByCall.get(context) ?? []).map(({ parameter }) => parameter.replace(/\[.*/, "")),
    );
    return parameters.size > 1 ? code : breachesByCall.get(context)?.[0]?.code;
  },
});

const usesBinding = ({ received }: RequestContext, binding: string): boolean => received?.binding === binding;

export const combinedBreachFaults: readonly Fault[] = [
  {
    id: "two-breaches-taken",
    description: "Accepts a call with two invalid parameters.",
    action: "tencent/iai/CreateGroup",
    family: "precedence",
    detects: "family:precedence",
    ...handleMultipleBreaches(undefined),
  },
  {
    id: "two-breaches-break-it",
    description: "Answers with InternalError if two parameters are invalid.",
    action: "tencent/organization/CreateUser",
    family: "precedence",
    detects: "family:precedence",
    ...handleMultipleBreaches("InternalError"),
  },
  {
    id: "im-two-breaches-let-through",
    description: "Accepts a call with two invalid parameters.",
    action: "tencent/im/create_group",
    family: "precedence",
    detects: "family:precedence",
    ...handleMultipleBreaches(undefined),
  },
  {
    id: "aws-two-breaches-unreadable",
    description: "Answers with InternalFailure if two parameters are invalid.",
    action: "aws/rekognition/DeleteUser",
    family: "precedence",
    detects: "family:precedence",
    ...handleMultipleBreaches("InternalFailure"),
  },
  {
    id: "only-together",
    description: "Accepts a call with two invalid parameters.",
    action: "tencent/organization/CreateUser",
    family: "fuzz",
    detects: "family:fuzz",
    ...handleMultipleBreaches(undefined),
  },
  {
    id: "im-mix-breaks-it",
    description: "Answers with 60013 if two parameters are invalid.",
    action: "tencent/im/create_group",
    family: "fuzz",
    detects: "family:fuzz",
    ...handleMultipleBreaches("60013"),
  },
  {
    id: "aws-mix-breaks-it",
    description: "Answers with InternalFailure if two parameters are invalid.",
    action: "aws/rekognition/CreateUser",
    family: "fuzz",
    detects: "family:fuzz",
    ...handleMultipleBreaches("InternalFailure"),
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
