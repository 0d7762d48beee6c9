/** Faults in the output of actions, and in the handling of documented samples. */
import type { Json } from "../../model/index.ts";
import { editJson, type Fault } from "./fault.ts";
import { refuseValidValue, textMatching } from "./value-faults.ts";

type ResponseHook = NonNullable<Fault["response"]>;
type Body = Record<string, Json>;

/** Edits the output of a success: the Response object of Tencent Cloud, the whole body elsewhere. */
const editOutput =
  (change: (output: Body) => void): ResponseHook =>
  (response, { refusal }) =>
    refusal || response.body === ""
      ? response
      : editJson(response, (body) => change((body.Response as Body | undefined) ?? body));

const asObject = (value: Json | undefined): Body => (value ?? {}) as Body;

export const outputFaults: readonly Fault[] = [
  {
    id: "list-absent-when-empty",
    description: "Omits GroupMembers if the list is empty.",
    action: "tencent/organization/ListGroupMembers",
    family: "valid",
    detects: "check:output",
    response: editOutput((output) => {
      if (Array.isArray(output.GroupMembers) && output.GroupMembers.length === 0) delete output.GroupMembers;
    }),
  },
  {
    id: "list-null-when-empty",
    description: "Returns null as Users if the list is empty.",
    action: "tencent/organization/ListUsers",
    family: "valid",
    detects: "check:output",
    response: editOutput((output) => {
      if (Array.isArray(output.Users) && output.Users.length === 0) output.Users = null;
    }),
  },
  {
    id: "entry-without-id",
    description: "Omits GroupId from each entry of PersonGroupInfos.",
    action: "tencent/iai/GetPersonGroupInfo",
    family: "valid",
    detects: "check:output",
    response: editOutput((output) => {
      output.PersonGroupInfos = (output.PersonGroupInfos as Body[]).map(({ GroupId: _, ...rest }) => rest);
    }),
  },
  {
    id: "output-flat",
    description: "Returns the members of GroupInfo without the GroupInfo object around them.",
    action: "tencent/organization/GetGroup",
    family: "valid",
    detects: "check:output",
    response: editOutput((output) => {
      const { GroupInfo } = output;
      delete output.GroupInfo;
      Object.assign(output, GroupInfo);
    }),
  },
  {
    id: "aws-status-in-small-letters",
    description: "Writes UserStatus in lower case.",
    action: "aws/rekognition/ListUsers",
    family: "valid",
    detects: "check:output",
    response: editOutput((output) => {
      output.Users = [{ UserId: "someone", UserStatus: "active" }];
    }),
  },
  {
    id: "aws-timestamp-as-text",
    description: "Returns CreationTimestamp as a date string instead of a number.",
    action: "aws/rekognition/DescribeCollection",
    family: "valid",
    detects: "check:output",
    response: editOutput((output) => {
      output.CreationTimestamp = new Date(Number(output.CreationTimestamp) * 1000).toISOString();
    }),
  },
  {
    id: "aws-status-code-as-text",
    description: "Returns StatusCode as a string, although the documented sample has a number.",
    action: "aws/rekognition/CreateCollection",
    family: "sample",
    detects: "check:sample",
    response: editOutput((output) => {
      output.StatusCode = "200";
    }),
  },
  {
    id: "sample-times-as-numbers",
    description: "Returns CreateTime as a number, although the documented sample has a string.",
    action: "tencent/organization/CreateGroup",
    family: "sample",
    detects: "check:sample",
    response: editOutput((output) => {
      asObject(output.GroupInfo).CreateTime = 1704081132;
    }),
  },
  {
    id: "im-kick-reason-refused",
    description: "Refuses the Reason of the documented sample.",
    action: "tencent/im/delete_group_member",
    family: "sample",
    detects: "family:sample",
    extraRefusal: refuseValidValue("Reason", (v) => v === "kick reason", "10004"),
  },
  {
    id: "sample-description-refused",
    description: "Refuses the Description of the documented sample.",
    action: "tencent/organization/CreateGroup",
    family: "sample",
    detects: "family:sample",
    extraRefusal: refuseValidValue("Description", (v) => v === "this is group", "InvalidParameter"),
  },
  {
    id: "aws-sample-id-refused",
    description: "Refuses the CollectionId of the documented sample.",
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
