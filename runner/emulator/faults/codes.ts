/** Faults in error codes: a call is rightly refused, but with the wrong code or as a success. */

import { buildResponse } from "../response.ts";
import type { Fault } from "./fault.ts";
import { replaceCode } from "./value-faults.ts";

const iai = "tencent/iai";
const organization = "tencent/organization";
const im = "tencent/im";
const rekognition = "aws/rekognition";

export const codeFaults: readonly Fault[] = [
  {
    id: "aws-validation-error",
    description: "Refuses with ValidationError, a code of another AWS protocol, instead of InvalidParameterException.",
    action: rekognition,
    family: "boundary",
    detects: "check:code",
    refusal: replaceCode("InvalidParameterException", "ValidationError"),
  },
  {
    id: "aws-internal-failure",
    description: "Refuses with InternalFailure instead of InvalidParameterException.",
    action: rekognition,
    family: "illegal-charset",
    detects: "check:code",
    refusal: replaceCode("InvalidParameterException", "InternalFailure"),
  },
  {
    id: "im-illegal-told-as-unreadable",
    description: "Refuses an invalid parameter with the code for a body that is not JSON.",
    action: "tencent/im/delete_group_member",
    family: "situation",
    detects: "check:code",
    refusal: replaceCode("10004", "60003"),
  },
  {
    id: "code-in-small-letters",
    description: "Writes its codes in lower case.",
    action: iai,
    family: "illegal-charset",
    detects: "check:code",
    refusal: (refusal) => ({ ...refusal, code: refusal.code.toLowerCase() }),
  },
  {
    id: "code-without-its-end",
    description:
      "Omits the part of each code after the dot, such as GroupIdTooLong in InvalidParameterValue.GroupIdTooLong.",
    action: iai,
    family: "boundary",
    detects: "check:code",
    refusal: (refusal) => ({ ...refusal, code: refusal.code.split(".")[0] ?? "" }),
  },
  {
    id: "codes-swapped",
    description: "Swaps the codes for an unknown person and for a person who is not in the group.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "missing-member",
    detects: "check:code",
    refusal: (refusal) => {
      const [notInGroup, unknownPerson] = [
        "FailedOperation.GroupPersonMapNotExist",
        "InvalidParameterValue.PersonIdNotExist",
      ];
      if (refusal.code === notInGroup) return { ...refusal, code: unknownPerson };
      return refusal.code === unknownPerson ? { ...refusal, code: notInGroup } : refusal;
    },
  },
  {
    id: "zone-told-as-missing",
    description: "Answers an unknown ZoneId with MissingParameter.",
    action: organization,
    family: "missing-member",
    detects: "check:code",
    refusal: replaceCode("FailedOperation.ZoneIdNotExist", "MissingParameter"),
  },
  {
    id: "refusal-told-as-success",
    description: "Refuses a call but answers with a success.",
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "check:outcome",
    response: (response, context) => (context.refusal ? buildResponse({ ...context, refusal: undefined }) : response),
  },
  {
    id: "im-refusal-told-as-success",
    description: "Refuses a call but answers with a success.",
    action: im,
    family: "boundary",
    detects: "check:outcome",
    response: (response, context) => (context.refusal ? buildResponse({ ...context, refusal: undefined }) : response),
  },
  {
    id: "success-told-as-refusal",
    description: "Executes a call but answers with InternalError.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "valid",
    detects: "check:outcome",
    response: (response, context) =>
      context.refusal
        ? response
        : buildResponse({
            ...context,
            refusal: {
              refused: true,
              stage: "",
              code: "InternalError",
              message: "",
              parameter: "",
              breach: "",
              value: undefined,
            },
          }),
  },
];
