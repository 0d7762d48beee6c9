/** Faults that no single deviation shows: of two breaches at once, of one value over two bindings. */

import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import type { Fault } from "./fault.ts";

/** What was wrong with the values of a call. */
const breaches = new WeakMap<RequestContext, EmulatorRefusal[]>();

/** Refuses one breach as it should be, and several as `several` says: undefined lets them pass. */
const together = (several: string | undefined): Pick<Fault, "refusal" | "extraRefusal"> => ({
  refusal: (refused, context) => {
    if (refused.at === "" || refused.breach === "" || refused.breach === "unknown") return refused;
    breaches.set(context, [...(breaches.get(context) ?? []), refused]);
    return undefined;
  },
  extraRefusal: (_, context) => {
    const places = new Set((breaches.get(context) ?? []).map(({ at }) => at.replace(/\[.*/, "")));
    return places.size > 1 ? several : breaches.get(context)?.[0]?.code;
  },
});

const over = ({ received }: RequestContext, binding: string): boolean => received?.binding === binding;

export const combinedBreachFaults: readonly Fault[] = [
  {
    id: "two-breaches-taken",
    description: "Lets a call pass in which two things are wrong.",
    action: "tencent/iai/CreateGroup",
    family: "precedence",
    detects: "family:precedence",
    ...together(undefined),
  },
  {
    id: "two-breaches-break-it",
    description: "Breaks on a call in which two things are wrong.",
    action: "tencent/organization/CreateUser",
    family: "precedence",
    detects: "family:precedence",
    ...together("InternalError"),
  },
  {
    id: "im-two-breaches-let-through",
    description: "Lets a call pass in which two things are wrong.",
    action: "tencent/im/create_group",
    family: "precedence",
    detects: "family:precedence",
    ...together(undefined),
  },
  {
    id: "aws-two-breaches-unreadable",
    description: "Breaks on a call in which two things are wrong.",
    action: "aws/rekognition/DeleteUser",
    family: "precedence",
    detects: "family:precedence",
    ...together("InternalFailure"),
  },
  {
    id: "only-together",
    description: "Lets a call pass in which two things are wrong.",
    action: "tencent/organization/CreateUser",
    family: "fuzz",
    detects: "family:fuzz",
    ...together(undefined),
  },
  {
    id: "im-mix-breaks-it",
    description: "Breaks on a call in which two things are wrong.",
    action: "tencent/im/create_group",
    family: "fuzz",
    detects: "family:fuzz",
    ...together("60013"),
  },
  {
    id: "aws-mix-breaks-it",
    description: "Breaks on a call in which two things are wrong.",
    action: "aws/rekognition/CreateUser",
    family: "fuzz",
    detects: "family:fuzz",
    ...together("InternalFailure"),
  },
  {
    id: "accents-refused-in-a-query",
    description: "Takes letters with accents in a GroupId from a body, and not from a query.",
    action: "tencent/iai/CreateGroup",
    family: "equivalence",
    detects: "check:equivalence",
    extraRefusal: ({ GroupId }, context) =>
      over(context, "tc3-get") && /[^\p{ASCII}]/u.test(String(GroupId))
        ? "InvalidParameterValue.GroupIdIllegal"
        : undefined,
  },
  {
    id: "accents-refused-in-a-form",
    description: "Takes letters with accents in a Tag from JSON, and not from a form.",
    action: "tencent/iai/CreateGroup",
    family: "equivalence",
    detects: "check:equivalence",
    extraRefusal: ({ Tag }, context) =>
      over(context, "v1-post-sha256") && /[\u00c0-\u024f]/u.test(String(Tag))
        ? "InvalidParameterValue.GroupTagIllegal"
        : undefined,
  },
  {
    id: "description-unlimited-in-a-query",
    description: "Limits a Description in a body, and not in a query.",
    action: "tencent/organization/CreateGroup",
    family: "equivalence",
    detects: "check:equivalence",
    refusal: (refused, context) =>
      over(context, "v1-get-sha1") && refused.at === "Description" && refused.breach === "maxLength"
        ? undefined
        : refused,
  },
];
