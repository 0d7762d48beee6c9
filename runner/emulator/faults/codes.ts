/** Faults about codes: a refusal that is due, for a reason that is not. */

import { buildResponse } from "../response.ts";
import type { Fault } from "./fault.ts";
import { replaceCode, skipStateCheck } from "./value-faults.ts";

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
    description: "Refuses whatever it refuses with InternalError.",
    action: "tencent/iai",
    family: "boundary",
    detects: "check:code",
    refusal: always("InternalError"),
  },
  {
    id: "zone-internal-error-for-all",
    description: "Refuses whatever it refuses with InternalError.",
    action: "tencent/organization",
    family: "missing-member",
    detects: "check:code",
    refusal: always("InternalError"),
  },
  {
    id: "caller-internal-error-for-all",
    description: "Refuses whatever it refuses with InternalError.",
    action: "tencent/sts",
    family: "unknown-member",
    detects: "check:code",
    refusal: always("InternalError"),
  },
  {
    id: "im-internal-error-for-all",
    description: "Refuses whatever it refuses with 10002.",
    action: "tencent/im",
    family: "missing-member",
    detects: "check:code",
    refusal: always("10002"),
  },
  {
    id: "aws-internal-failure-for-all",
    description: "Refuses whatever it refuses with InternalFailure.",
    action: "aws/rekognition",
    family: "missing-member",
    detects: "check:code",
    refusal: always("InternalFailure"),
  },
  {
    id: "aws-validation-error",
    description: "Refuses with the code of another protocol of the same vendor.",
    action: rekognition,
    family: "boundary",
    detects: "check:code",
    refusal: replaceCode("InvalidParameterException", "ValidationError"),
  },
  {
    id: "aws-internal-failure",
    description: "Breaks on a wrong parameter.",
    action: rekognition,
    family: "illegal-charset",
    detects: "check:code",
    refusal: replaceCode("InvalidParameterException", "InternalFailure"),
  },
  {
    id: "im-illegal-told-as-unreadable",
    description: "Takes an illegal parameter for a body that is no JSON.",
    action: "tencent/im/delete_group_member",
    family: "situation",
    detects: "check:code",
    refusal: replaceCode("10004", "60003"),
  },
  {
    id: "im-unknown-group-illegal",
    description: "Takes a group that does not exist for an illegal parameter.",
    action: "tencent/im/destroy_group",
    family: "missing-member",
    detects: "check:code",
    refusal: replaceCode("10010", "10004"),
  },
  {
    id: "im-group-in-use-told-of-accounts",
    description: "Refuses a group id in use with a code of accounts.",
    action: "tencent/im/create_group",
    family: "duplicate",
    detects: "keyword:unique/code",
    refusal: replaceCode("10021", "70402"),
  },
  {
    id: "code-in-small-letters",
    description: "Writes its codes in small letters.",
    action: iai,
    family: "illegal-charset",
    detects: "check:code",
    refusal: (refused) => ({ ...refused, code: refused.code.toLowerCase() }),
  },
  {
    id: "code-without-its-end",
    description: "Names the class of a code alone, InvalidParameterValue for all its kinds.",
    action: iai,
    family: "boundary",
    detects: "check:code",
    refusal: (refused) => ({ ...refused, code: refused.code.split(".")[0] ?? "" }),
  },
  {
    id: "code-of-the-person",
    description: "Refuses an unknown group with the code for an unknown person.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    detects: "check:code",
    refusal: replaceCode("InvalidParameterValue.GroupIdNotExist", "InvalidParameterValue.PersonIdNotExist"),
  },
  {
    id: "codes-swapped",
    description: "Mixes up a person that is elsewhere with one that is nowhere.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    detects: "check:code",
    refusal: (refused) => {
      const [elsewhere, nowhere] = ["FailedOperation.GroupPersonMapNotExist", "InvalidParameterValue.PersonIdNotExist"];
      if (refused.code === elsewhere) return { ...refused, code: nowhere };
      return refused.code === nowhere ? { ...refused, code: elsewhere } : refused;
    },
  },
  {
    id: "code-of-a-sibling-action",
    description: "Refuses to remove a non-member with a code that only adding has.",
    action: "tencent/organization/RemoveUserFromGroup",
    family: "missing-member",
    detects: "check:code",
    refusal: replaceCode("InvalidParameter.GroupUserNotExist", "InvalidParameter.GroupUserAlreadyExists"),
  },
  {
    id: "zone-told-as-missing",
    description: "Refuses an unknown zone as if none were named.",
    action: organization,
    family: "missing-member",
    detects: "check:code",
    refusal: replaceCode("FailedOperation.ZoneIdNotExist", "MissingParameter"),
  },
  {
    id: "user-in-a-group-told-as-unknown",
    description: "Refuses to delete a user that a group holds as if there were none.",
    action: "tencent/organization/DeleteUser",
    family: "missing-member",
    detects: "check:code",
    refusal: replaceCode("InvalidParameter.UserAlreadyExistsGroup", "ResourceNotFound.UserNotExist"),
  },
  {
    id: "id-in-use-told-as-invalid",
    description: "Refuses a GroupId in use with the code for any wrong parameter.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    detects: "keyword:unique/code",
    refusal: replaceCode("InvalidParameterValue.GroupIdAlreadyExist", "InvalidParameter.InvalidParameter"),
  },
  {
    id: "aws-conflict-told-as-resource",
    description: "Refuses a UserId in use with the code for a collection in use.",
    action: "aws/rekognition/CreateUser",
    family: "duplicate",
    detects: "keyword:unique/code",
    refusal: replaceCode("ConflictException", "ResourceAlreadyExistsException"),
  },
  {
    id: "refusal-told-as-success",
    description: "Refuses, and answers as if it had not.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "check:outcome",
    answer: (answer, context) => (context.refused ? buildResponse({ ...context, refused: undefined }) : answer),
  },
  {
    id: "im-refusal-told-as-success",
    description: "Refuses, and answers as if it had not.",
    action: im,
    family: "boundary",
    detects: "check:outcome",
    answer: (answer, context) => (context.refused ? buildResponse({ ...context, refused: undefined }) : answer),
  },
  {
    id: "success-told-as-refusal",
    description: "Does its work, and answers that something failed inside.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "valid",
    detects: "check:outcome",
    answer: (answer, context) =>
      context.refused
        ? answer
        : buildResponse({
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
    description: "Refuses the page's sample of a person that is elsewhere as if the person were nowhere.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "sample",
    detects: "family:sample",
    refusal: replaceCode("FailedOperation.GroupPersonMapNotExist", "InvalidParameterValue.PersonIdNotExist"),
  },
  {
    id: "sample-group-not-missed",
    description: "Deletes the group of the page's sample, which is not there.",
    action: "tencent/iai/DeleteGroup",
    family: "sample",
    detects: "family:sample",
    refusal: skipStateCheck("InvalidParameterValue.GroupIdNotExist"),
  },
];
