/** Faults that no single deviation shows: of two breaches at once, of one value over two bindings. */

import type { Refused } from "../refusal.ts";
import type { Context } from "../request-context.ts";
import type { Fault } from "./fault.ts";

/** What was wrong with the values of a call. */
const breaches = new WeakMap<Context, Refused[]>();

/** Refuses one breach as it should be, and several as `several` says: undefined lets them pass. */
const together = (several: string | undefined): Pick<Fault, "refusal" | "refuses"> => ({
  refusal: (refused, context) => {
    if (refused.at === "" || refused.breach === "" || refused.breach === "unknown") return refused;
    breaches.set(context, [...(breaches.get(context) ?? []), refused]);
    return undefined;
  },
  refuses: (_, context) => {
    const places = new Set((breaches.get(context) ?? []).map(({ at }) => at.replace(/\[.*/, "")));
    return places.size > 1 ? several : breaches.get(context)?.[0]?.code;
  },
});

const over = ({ received }: Context, binding: string): boolean => received?.binding === binding;

export const mixtureFaults: readonly Fault[] = [
  {
    id: "two-breaches-taken",
    says: "Lets a call pass in which two things are wrong.",
    action: "tencent/iai/CreateGroup",
    family: "precedence",
    cell: "family:precedence",
    ...together(undefined),
  },
  {
    id: "two-breaches-break-it",
    says: "Breaks on a call in which two things are wrong.",
    action: "tencent/organization/CreateUser",
    family: "precedence",
    cell: "family:precedence",
    ...together("InternalError"),
  },
  {
    id: "im-two-breaches-let-through",
    says: "Lets a call pass in which two things are wrong.",
    action: "tencent/im/create_group",
    family: "precedence",
    cell: "family:precedence",
    ...together(undefined),
  },
  {
    id: "aws-two-breaches-unreadable",
    says: "Breaks on a call in which two things are wrong.",
    action: "aws/rekognition/DeleteUser",
    family: "precedence",
    cell: "family:precedence",
    ...together("InternalFailure"),
  },
  {
    id: "only-together",
    says: "Lets a call pass in which two things are wrong.",
    action: "tencent/organization/CreateUser",
    family: "fuzz",
    cell: "family:fuzz",
    ...together(undefined),
  },
  {
    id: "im-mix-breaks-it",
    says: "Breaks on a call in which two things are wrong.",
    action: "tencent/im/create_group",
    family: "fuzz",
    cell: "family:fuzz",
    ...together("60013"),
  },
  {
    id: "aws-mix-breaks-it",
    says: "Breaks on a call in which two things are wrong.",
    action: "aws/rekognition/CreateUser",
    family: "fuzz",
    cell: "family:fuzz",
    ...together("InternalFailure"),
  },
  {
    id: "accents-refused-in-a-query",
    says: "Takes letters with accents in a GroupId from a body, and not from a query.",
    action: "tencent/iai/CreateGroup",
    family: "equivalence",
    cell: "check:equivalence",
    refuses: ({ GroupId }, context) =>
      over(context, "tc3-get") && /[^\p{ASCII}]/u.test(String(GroupId))
        ? "InvalidParameterValue.GroupIdIllegal"
        : undefined,
  },
  {
    id: "accents-refused-in-a-form",
    says: "Takes letters with accents in a Tag from JSON, and not from a form.",
    action: "tencent/iai/CreateGroup",
    family: "equivalence",
    cell: "check:equivalence",
    refuses: ({ Tag }, context) =>
      over(context, "v1-post-sha256") && /[\u00c0-\u024f]/u.test(String(Tag))
        ? "InvalidParameterValue.GroupTagIllegal"
        : undefined,
  },
  {
    id: "description-unlimited-in-a-query",
    says: "Limits a Description in a body, and not in a query.",
    action: "tencent/organization/CreateGroup",
    family: "equivalence",
    cell: "check:equivalence",
    refusal: (refused, context) =>
      over(context, "v1-get-sha1") && refused.at === "Description" && refused.breach === "maxLength"
        ? undefined
        : refused,
  },
];
