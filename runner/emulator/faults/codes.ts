/** Faults about codes: a refusal that is due, for a reason that is not. */

import { answerOf } from "../response.ts";
import type { Fault } from "./fault.ts";
import { forgets, instead } from "./value-faults.ts";

const iai = "tencent/iai";
const organization = "tencent/organization";
const im = "tencent/im";
const rekognition = "aws/rekognition";

/** Every refusal with one code. */
const always =
  (code: string): NonNullable<Fault["refusal"]> =>
  (refused) => ({ ...refused, code });

export const codeFaults: readonly Fault[] = [
  {
    id: "internal-error-for-all",
    says: "Refuses whatever it refuses with InternalError.",
    action: "tencent/iai",
    family: "boundary",
    cell: "check:code",
    refusal: always("InternalError"),
  },
  {
    id: "zone-internal-error-for-all",
    says: "Refuses whatever it refuses with InternalError.",
    action: "tencent/organization",
    family: "missing-member",
    cell: "check:code",
    refusal: always("InternalError"),
  },
  {
    id: "caller-internal-error-for-all",
    says: "Refuses whatever it refuses with InternalError.",
    action: "tencent/sts",
    family: "unknown-member",
    cell: "check:code",
    refusal: always("InternalError"),
  },
  {
    id: "im-internal-error-for-all",
    says: "Refuses whatever it refuses with 10002.",
    action: "tencent/im",
    family: "missing-member",
    cell: "check:code",
    refusal: always("10002"),
  },
  {
    id: "aws-internal-failure-for-all",
    says: "Refuses whatever it refuses with InternalFailure.",
    action: "aws/rekognition",
    family: "missing-member",
    cell: "check:code",
    refusal: always("InternalFailure"),
  },
  {
    id: "aws-validation-error",
    says: "Refuses with the code of another protocol of the same vendor.",
    action: rekognition,
    family: "boundary",
    cell: "check:code",
    refusal: instead("InvalidParameterException", "ValidationError"),
  },
  {
    id: "aws-internal-failure",
    says: "Breaks on a wrong parameter.",
    action: rekognition,
    family: "illegal-charset",
    cell: "check:code",
    refusal: instead("InvalidParameterException", "InternalFailure"),
  },
  {
    id: "im-illegal-told-as-unreadable",
    says: "Takes an illegal parameter for a body that is no JSON.",
    action: "tencent/im/delete_group_member",
    family: "situation",
    cell: "check:code",
    refusal: instead("10004", "60003"),
  },
  {
    id: "im-unknown-group-illegal",
    says: "Takes a group that does not exist for an illegal parameter.",
    action: "tencent/im/destroy_group",
    family: "missing-member",
    cell: "check:code",
    refusal: instead("10010", "10004"),
  },
  {
    id: "im-group-in-use-told-of-accounts",
    says: "Refuses a group id in use with a code of accounts.",
    action: "tencent/im/create_group",
    family: "duplicate",
    cell: "keyword:unique/code",
    refusal: instead("10021", "70402"),
  },
  {
    id: "code-in-small-letters",
    says: "Writes its codes in small letters.",
    action: iai,
    family: "illegal-charset",
    cell: "check:code",
    refusal: (refused) => ({ ...refused, code: refused.code.toLowerCase() }),
  },
  {
    id: "code-without-its-end",
    says: "Names the class of a code alone, InvalidParameterValue for all its kinds.",
    action: iai,
    family: "boundary",
    cell: "check:code",
    refusal: (refused) => ({ ...refused, code: refused.code.split(".")[0] ?? "" }),
  },
  {
    id: "code-of-the-person",
    says: "Refuses an unknown group with the code for an unknown person.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    cell: "check:code",
    refusal: instead("InvalidParameterValue.GroupIdNotExist", "InvalidParameterValue.PersonIdNotExist"),
  },
  {
    id: "codes-swapped",
    says: "Mixes up a person that is elsewhere with one that is nowhere.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    cell: "check:code",
    refusal: (refused) => {
      const [elsewhere, nowhere] = ["FailedOperation.GroupPersonMapNotExist", "InvalidParameterValue.PersonIdNotExist"];
      if (refused.code === elsewhere) return { ...refused, code: nowhere };
      return refused.code === nowhere ? { ...refused, code: elsewhere } : refused;
    },
  },
  {
    id: "code-of-a-sibling-action",
    says: "Refuses to remove a non-member with a code that only adding has.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "missing-member",
    cell: "check:code",
    refusal: instead("InvalidParameter.GroupUserNotExist", "InvalidParameter.GroupUserAlreadyExists"),
  },
  {
    id: "zone-told-as-missing",
    says: "Refuses an unknown zone as if none were named.",
    action: organization,
    family: "missing-member",
    cell: "check:code",
    refusal: instead("FailedOperation.ZoneIdNotExist", "MissingParameter"),
  },
  {
    id: "user-in-a-group-told-as-unknown",
    says: "Refuses to delete a user that a group holds as if there were none.",
    action: "tencent/organization/DeleteUser",
    family: "missing-member",
    cell: "check:code",
    refusal: instead("InvalidParameter.UserAlreadyExistsGroup", "ResourceNotFound.UserNotExist"),
  },
  {
    id: "id-in-use-told-as-invalid",
    says: "Refuses a GroupId in use with the code for any wrong parameter.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    cell: "keyword:unique/code",
    refusal: instead("InvalidParameterValue.GroupIdAlreadyExist", "InvalidParameter.InvalidParameter"),
  },
  {
    id: "aws-conflict-told-as-resource",
    says: "Refuses a UserId in use with the code for a collection in use.",
    action: "aws/rekognition/CreateUser",
    family: "duplicate",
    cell: "keyword:unique/code",
    refusal: instead("ConflictException", "ResourceAlreadyExistsException"),
  },
  {
    id: "refusal-told-as-success",
    says: "Refuses, and answers as if it had not.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    cell: "check:outcome",
    answer: (answer, context) => (context.refused ? answerOf({ ...context, refused: undefined }) : answer),
  },
  {
    id: "im-refusal-told-as-success",
    says: "Refuses, and answers as if it had not.",
    action: im,
    family: "boundary",
    cell: "check:outcome",
    answer: (answer, context) => (context.refused ? answerOf({ ...context, refused: undefined }) : answer),
  },
  {
    id: "success-told-as-refusal",
    says: "Does its work, and answers that something failed inside.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "valid",
    cell: "check:outcome",
    answer: (answer, context) =>
      context.refused
        ? answer
        : answerOf({
            ...context,
            refused: {
              refused: true,
              stage: "",
              code: "InternalError",
              says: "",
              at: "",
              breach: "",
              value: undefined,
            },
          }),
  },
  {
    id: "sample-of-another-reason",
    says: "Refuses the page's sample of a person that is elsewhere as if the person were nowhere.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "sample",
    cell: "family:sample",
    refusal: instead("FailedOperation.GroupPersonMapNotExist", "InvalidParameterValue.PersonIdNotExist"),
  },
  {
    id: "sample-group-not-missed",
    says: "Deletes the group of the page's sample, which is not there.",
    action: "tencent/iai/DeleteGroup",
    family: "sample",
    cell: "family:sample",
    refusal: forgets("InvalidParameterValue.GroupIdNotExist"),
  },
];
