/** Faults about what an action gives, and about the samples of the pages. */
import type { Json } from "../../model/index.ts";
import { editJson, type Fault } from "./fault.ts";
import { refuseValidValue, textMatching } from "./value-faults.ts";

type Hook = NonNullable<Fault["answer"]>;
type Body = Record<string, Json>;

/** Changes the output of a success, in whichever envelope. */
const given =
  (change: (output: Body) => void): Hook =>
  (answer, { refused }) =>
    refused || answer.body === ""
      ? answer
      : editJson(answer, (body) => change((body.Response as Body | undefined) ?? body));

const object = (value: Json | undefined): Body => (value ?? {}) as Body;

export const outputFaults: readonly Fault[] = [
  {
    id: "list-absent-when-empty",
    description: "Leaves a list out where it is empty.",
    action: "tencent/organization/ListGroupMembers",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      if (Array.isArray(output.GroupMembers) && output.GroupMembers.length === 0) delete output.GroupMembers;
    }),
  },
  {
    id: "list-null-when-empty",
    description: "Gives null for a list that is empty.",
    action: "tencent/organization/ListUsers",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      if (Array.isArray(output.Users) && output.Users.length === 0) output.Users = null;
    }),
  },
  {
    id: "list-an-object",
    description: "Gives an object where a list is documented.",
    action: "tencent/iai/GetGroupList",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      output.GroupInfos = { ...(output.GroupInfos as object) };
    }),
  },
  {
    id: "account-as-number",
    description: "Gives the account of the caller as a number.",
    action: "tencent/sts/GetCallerIdentity",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      output.AccountId = Number(output.AccountId);
    }),
  },
  {
    id: "account-left-out",
    description: "Tells the caller without the account.",
    action: "tencent/sts/GetCallerIdentity",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      delete output.AccountId;
    }),
  },
  {
    id: "number-as-text",
    description: "Gives the number of groups as a text.",
    action: "tencent/iai/GetGroupList",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      output.GroupNum = String(output.GroupNum);
    }),
  },
  {
    id: "entry-without-id",
    description: "Does not say which groups a person is in.",
    action: "tencent/iai/GetPersonGroupInfo",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      output.PersonGroupInfos = (output.PersonGroupInfos as Body[]).map(({ GroupId: _, ...rest }) => rest);
    }),
  },
  {
    id: "output-a-list",
    description: "Gives a list of one where an object is documented.",
    action: "tencent/organization/CreateUser",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      output.UserInfo = [output.UserInfo as Json];
    }),
  },
  {
    id: "output-flat",
    description: "Gives the members of GroupInfo without GroupInfo around them.",
    action: "tencent/organization/GetGroup",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      const { GroupInfo } = output;
      delete output.GroupInfo;
      Object.assign(output, GroupInfo);
    }),
  },
  {
    id: "aws-status-in-small-letters",
    description: "Writes the status of a user in small letters.",
    action: "aws/rekognition/ListUsers",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      output.Users = [{ UserId: "someone", UserStatus: "active" }];
    }),
  },
  {
    id: "aws-timestamp-as-text",
    description: "Writes the time of a collection's making as a date.",
    action: "aws/rekognition/DescribeCollection",
    family: "valid",
    detects: "check:output",
    answer: given((output) => {
      output.CreationTimestamp = "2026-11-21T12:00:00Z";
    }),
  },
  {
    id: "aws-status-code-as-text",
    description: "Gives the StatusCode of its sample as a text.",
    action: "aws/rekognition/CreateCollection",
    family: "sample",
    detects: "check:sample",
    answer: given((output) => {
      output.StatusCode = "200";
    }),
  },
  {
    id: "sample-times-as-numbers",
    description: "Gives the times of its sample as numbers.",
    action: "tencent/organization/CreateGroup",
    family: "sample",
    detects: "check:sample",
    answer: given((output) => {
      object(output.GroupInfo).CreateTime = 1704081132;
    }),
  },
  {
    id: "im-kick-reason-refused",
    description: "Refuses the Reason that the page's sample gives.",
    action: "tencent/im/delete_group_member",
    family: "sample",
    detects: "family:sample",
    extraRefusal: refuseValidValue("Reason", (v) => v === "kick reason", "10004"),
  },
  {
    id: "sample-description-refused",
    description: "Refuses the Description of the page's sample for its blanks.",
    action: "tencent/organization/CreateGroup",
    family: "sample",
    detects: "family:sample",
    extraRefusal: refuseValidValue("Description", (v) => v === "this is group", "InvalidParameter"),
  },
  {
    id: "aws-sample-id-refused",
    description: "Refuses the CollectionId of the page's sample.",
    action: "aws/rekognition/CreateCollection",
    family: "sample",
    detects: "family:sample",
    extraRefusal: refuseValidValue(
      "CollectionId",
      textMatching((v) => v.startsWith("myphotos")),
      "InvalidParameterException",
    ),
  },
];
