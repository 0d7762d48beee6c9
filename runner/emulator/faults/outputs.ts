/** Faults about what an action gives, and about the samples of the pages. */
import type { Json } from "../../model/index.ts";
import { editJson, type Fault } from "./fault.ts";
import { dislikes, isText } from "./value-faults.ts";

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
    says: "Leaves a list out where it is empty.",
    action: "tencent/organization/ListGroupMembers",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      if (Array.isArray(output.GroupMembers) && output.GroupMembers.length === 0) delete output.GroupMembers;
    }),
  },
  {
    id: "list-null-when-empty",
    says: "Gives null for a list that is empty.",
    action: "tencent/organization/ListUsers",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      if (Array.isArray(output.Users) && output.Users.length === 0) output.Users = null;
    }),
  },
  {
    id: "list-an-object",
    says: "Gives an object where a list is documented.",
    action: "tencent/iai/GetGroupList",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      output.GroupInfos = { ...(output.GroupInfos as object) };
    }),
  },
  {
    id: "account-as-number",
    says: "Gives the account of the caller as a number.",
    action: "tencent/sts/GetCallerIdentity",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      output.AccountId = Number(output.AccountId);
    }),
  },
  {
    id: "account-left-out",
    says: "Tells the caller without the account.",
    action: "tencent/sts/GetCallerIdentity",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      delete output.AccountId;
    }),
  },
  {
    id: "number-as-text",
    says: "Gives the number of groups as a text.",
    action: "tencent/iai/GetGroupList",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      output.GroupNum = String(output.GroupNum);
    }),
  },
  {
    id: "entry-without-id",
    says: "Does not say which groups a person is in.",
    action: "tencent/iai/GetPersonGroupInfo",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      output.PersonGroupInfos = (output.PersonGroupInfos as Body[]).map(({ GroupId: _, ...rest }) => rest);
    }),
  },
  {
    id: "output-a-list",
    says: "Gives a list of one where an object is documented.",
    action: "tencent/organization/CreateUser",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      output.UserInfo = [output.UserInfo as Json];
    }),
  },
  {
    id: "output-flat",
    says: "Gives the members of GroupInfo without GroupInfo around them.",
    action: "tencent/organization/GetGroup",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      const { GroupInfo } = output;
      delete output.GroupInfo;
      Object.assign(output, GroupInfo);
    }),
  },
  {
    id: "aws-status-in-small-letters",
    says: "Writes the status of a user in small letters.",
    action: "aws/rekognition/ListUsers",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      output.Users = [{ UserId: "someone", UserStatus: "active" }];
    }),
  },
  {
    id: "aws-timestamp-as-text",
    says: "Writes the time of a collection's making as a date.",
    action: "aws/rekognition/DescribeCollection",
    family: "valid",
    cell: "check:output",
    answer: given((output) => {
      output.CreationTimestamp = "2026-11-21T12:00:00Z";
    }),
  },
  {
    id: "aws-status-code-as-text",
    says: "Gives the StatusCode of its sample as a text.",
    action: "aws/rekognition/CreateCollection",
    family: "sample",
    cell: "check:sample",
    answer: given((output) => {
      output.StatusCode = "200";
    }),
  },
  {
    id: "sample-times-as-numbers",
    says: "Gives the times of its sample as numbers.",
    action: "tencent/organization/CreateGroup",
    family: "sample",
    cell: "check:sample",
    answer: given((output) => {
      object(output.GroupInfo).CreateTime = 1704081132;
    }),
  },
  {
    id: "im-kick-reason-refused",
    says: "Refuses the Reason that the page's sample gives.",
    action: "tencent/im/delete_group_member",
    family: "sample",
    cell: "family:sample",
    refuses: dislikes("Reason", (v) => v === "kick reason", "10004"),
  },
  {
    id: "sample-description-refused",
    says: "Refuses the Description of the page's sample for its blanks.",
    action: "tencent/organization/CreateGroup",
    family: "sample",
    cell: "family:sample",
    refuses: dislikes("Description", (v) => v === "this is group", "InvalidParameter"),
  },
  {
    id: "aws-sample-id-refused",
    says: "Refuses the CollectionId of the page's sample.",
    action: "aws/rekognition/CreateCollection",
    family: "sample",
    cell: "family:sample",
    refuses: dislikes(
      "CollectionId",
      isText((v) => v.startsWith("myphotos")),
      "InvalidParameterException",
    ),
  },
];
