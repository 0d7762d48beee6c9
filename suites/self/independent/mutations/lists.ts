/** Lists, pages and totals that contradict what the server holds. */
import {
  changedInput,
  changedList,
  changedOutput,
  globsOf,
  type ListEntry,
  mutationsOf,
  withoutMembers,
} from "./mutation.ts";

const IAI_LISTS = "iai GetGroupList GetPersonList GetPersonGroupInfo";
const DIRECTORY_LISTS = "organization ListGroups ListUsers ListGroupMembers";
const iai = globsOf(`${IAI_LISTS} CreateGroup CreatePerson CopyPerson`);
const directory = globsOf(`${DIRECTORY_LISTS} GetGroup CreateGroup CreateUser AddUserToGroup`);
const collections = globsOf("rekognition ListUsers DescribeCollection CreateUser CreateCollection");
const roles = globsOf("im get_role_in_group add_group_member delete_group_member");

const FUTURE = "2099-01-01 00:00:00";
const directoryLists = ["Groups", "Users", "GroupMembers"] as const;

const changedMember = (output: ListEntry, name: string, change: (value: number) => number): ListEntry => ({
  ...output,
  ...(output[name] === undefined ? {} : { [name]: change(output[name] as number) }),
});

export const listMutations = [
  ...mutationsOf("lists", iai, {
    "iai-limit-ignored": [() => changedInput(IAI_LISTS, (input) => ({ ...input, Limit: 1000 }))],
    "iai-limit-plus-one": [
      () => changedInput(IAI_LISTS, (input) => changedMember(input, "Limit", (limit) => limit + 1)),
    ],
    "iai-default-limit-3": [() => changedInput(IAI_LISTS, (input) => ({ Limit: 3, ...input }))],
    "iai-offset-ignored": [() => changedInput(IAI_LISTS, (input) => withoutMembers(input, "Offset"))],
    "iai-offset-plus-one": [
      () => changedInput(IAI_LISTS, (input) => changedMember(input, "Offset", (offset) => offset + 1)),
    ],
    "iai-offset-in-pages": [
      () =>
        changedInput(IAI_LISTS, (input) =>
          changedMember(input, "Offset", (offset) => offset * ((input["Limit"] as number | undefined) ?? 10)),
        ),
    ],
    "iai-group-number-plus-7": [
      () =>
        changedOutput("iai GetGroupList GetPersonGroupInfo", (output) =>
          changedMember(output, "GroupNum", (n) => n + 7),
        ),
    ],
    "iai-person-number-minus-1": [
      () => changedOutput("iai GetPersonList", (output) => changedMember(output, "PersonNum", (n) => n - 1)),
    ],
    "iai-person-number-of-page": [
      () =>
        changedOutput("iai GetPersonList", (output) => ({
          ...output,
          PersonNum: (output["PersonInfos"] as ListEntry[]).length,
        })),
    ],
    "iai-face-number-0": [() => changedOutput("iai GetPersonList", (output) => ({ ...output, FaceNum: 0 }))],
    "iai-entry-twice": [
      () => changedList("iai GetPersonList", "PersonInfos", (entries) => [...entries, ...entries.slice(-1)]),
    ],
    "iai-persons-of-other-groups": [
      () =>
        changedList("iai GetPersonList", "PersonInfos", (entries, _call, { iai: { persons } }) => {
          const listed = new Set(entries.map(({ PersonId }) => PersonId));
          const missing = [...persons].filter(([id]) => !listed.has(id)).slice(0, 1);
          const added = missing.map(([PersonId, { name }]) => ({ PersonId, PersonName: name, Gender: 0, FaceIds: [] }));
          return [...entries, ...added];
        }),
    ],
    "iai-person-name-lost": [
      () =>
        changedList("iai GetPersonList", "PersonInfos", (entries) =>
          entries.map((entry) => ({ ...entry, PersonName: "" })),
        ),
    ],
    "iai-person-name-of-first": [
      () =>
        changedList("iai GetPersonList", "PersonInfos", (entries) =>
          entries.map((entry) => ({ ...entry, PersonName: entries[0]?.["PersonName"] ?? "" })),
        ),
    ],
    "iai-gender-always-0": [
      () =>
        changedList("iai GetPersonList", "PersonInfos", (entries) => entries.map((entry) => ({ ...entry, Gender: 0 }))),
    ],
    "iai-no-face-ids": [
      () =>
        changedList("iai GetPersonList", "PersonInfos", (entries) =>
          entries.map((entry) => ({ ...entry, FaceIds: [] })),
        ),
    ],
    "iai-tag-lost": [
      () => changedList("iai GetGroupList", "GroupInfos", (entries) => entries.map((entry) => ({ ...entry, Tag: "" }))),
    ],
    "iai-descriptions-reversed": [
      () =>
        changedList("iai GetGroupList", "GroupInfos", (entries) =>
          entries.map((entry) => ({
            ...entry,
            GroupExDescriptions: (entry["GroupExDescriptions"] as string[]).toReversed(),
          })),
        ),
    ],
    "iai-groups-of-person-first-only": [
      () => changedList("iai GetPersonGroupInfo", "PersonGroupInfos", (entries) => entries.slice(0, 1)),
    ],
    "iai-copied-number-0": [() => changedOutput("iai CopyPerson", (output) => ({ ...output, SucGroupNum: 0 }))],
    "iai-copied-groups-empty": [() => changedOutput("iai CopyPerson", (output) => ({ ...output, SucGroupIds: [] }))],
    "iai-group-list-frozen": [
      () => {
        let first: ListEntry | undefined;
        return changedOutput("iai GetGroupList", (output) => {
          first ??= output;
          return first;
        });
      },
    ],
  }),
  ...mutationsOf("lists", directory, {
    "directory-page-size-ignored": [() => changedInput(DIRECTORY_LISTS, (input) => ({ ...input, MaxResults: 100 }))],
    "directory-page-size-plus-one": [
      () => changedInput(DIRECTORY_LISTS, (input) => changedMember(input, "MaxResults", (size) => size + 1)),
    ],
    "directory-page-size-echo-10": [() => changedOutput(DIRECTORY_LISTS, (output) => ({ ...output, MaxResults: 10 }))],
    "directory-total-plus-7": [
      () => changedOutput(DIRECTORY_LISTS, (output) => changedMember(output, "TotalCounts", (n) => n + 7)),
    ],
    "directory-total-of-page": [
      () =>
        changedOutput(DIRECTORY_LISTS, (output) => {
          const list = directoryLists.map((name) => output[name] as ListEntry[] | undefined).find(Boolean);
          return { ...output, TotalCounts: list?.length ?? 0 };
        }),
    ],
    "directory-truncated-always": [
      () => changedOutput(DIRECTORY_LISTS, (output) => ({ ...output, IsTruncated: true })),
    ],
    "directory-truncated-never": [
      () =>
        changedOutput(DIRECTORY_LISTS, (output) => ({ ...withoutMembers(output, "NextToken"), IsTruncated: false })),
    ],
    "directory-token-for-ever": [
      () =>
        changedOutput(DIRECTORY_LISTS, (output) => ({
          ...output,
          IsTruncated: true,
          NextToken: Buffer.from("from 0").toString("base64"),
        })),
    ],
    "directory-token-ignored": [() => changedInput(DIRECTORY_LISTS, (input) => withoutMembers(input, "NextToken"))],
    "directory-offset-ignored": [() => changedInput(DIRECTORY_LISTS, (input) => withoutMembers(input, "Offset"))],
    "directory-filter-ignored": [() => changedInput(DIRECTORY_LISTS, (input) => withoutMembers(input, "Filter"))],
    "directory-filter-heeds-case": [
      () =>
        changedList("organization ListGroups", "Groups", (entries, { input }) => {
          const value = String(input["Filter"] ?? "").split(" ")[2];
          return entries.filter(({ GroupName }) => value === undefined || String(GroupName).startsWith(value));
        }),
    ],
    "directory-types-ignored": [
      () => changedInput(DIRECTORY_LISTS, (input) => withoutMembers(input, "GroupType", "UserType")),
    ],
    "directory-status-ignored": [
      () => changedInput("organization ListUsers", (input) => withoutMembers(input, "UserStatus")),
    ],
    "directory-no-selected-users": [
      () => changedInput("organization ListGroups", (input) => withoutMembers(input, "FilterUsers")),
    ],
    "directory-descending-ignored": [() => changedInput(DIRECTORY_LISTS, (input) => withoutMembers(input, "SortType"))],
    "directory-entry-twice": [
      () => changedList("organization ListUsers", "Users", (entries) => [...entries, ...entries.slice(-1)]),
    ],
    "directory-members-of-other-groups": [
      () =>
        changedList("organization ListGroupMembers", "GroupMembers", (entries, _call, { organization }) => {
          const listed = new Set(entries.map(({ UserId }) => UserId));
          const missing = [...organization.users.values()].filter(({ id }) => !listed.has(id)).slice(0, 1);
          return [...entries, ...missing.map(({ id, texts }) => ({ ...texts, UserId: id, JoinTime: FUTURE }))];
        }),
    ],
    "directory-member-count-0": [
      () =>
        changedOutput("organization GetGroup", ({ GroupInfo }) => ({
          GroupInfo: { ...(GroupInfo as ListEntry), MemberCount: 0 },
        })),
    ],
    "directory-group-name-of-another": [
      () =>
        changedOutput("organization GetGroup", ({ GroupInfo }, _call, { organization }) => ({
          GroupInfo: { ...(GroupInfo as ListEntry), GroupName: [...organization.groups.values()].at(-1)?.name ?? "" },
        })),
    ],
    "directory-times-in-future": [
      () =>
        changedList("organization ListGroups", "Groups", (entries) =>
          entries.map((entry) => ({ ...entry, CreateTime: FUTURE, UpdateTime: FUTURE })),
        ),
    ],
    "directory-display-name-lost": [
      () =>
        changedList("organization ListUsers", "Users", (entries) =>
          entries.map((entry) => ({ ...entry, DisplayName: "" })),
        ),
    ],
    "directory-member-names-lost": [
      () =>
        changedList("organization ListGroupMembers", "GroupMembers", (entries) =>
          entries.map((entry) => ({ ...entry, UserName: "", DisplayName: "" })),
        ),
    ],
    "directory-email-lost": [
      () =>
        changedList("organization ListUsers", "Users", (entries) => entries.map((entry) => ({ ...entry, Email: "" }))),
    ],
    "directory-created-name-changed": [
      () =>
        changedOutput("organization CreateGroup", ({ GroupInfo }) => ({
          GroupInfo: { ...(GroupInfo as ListEntry), GroupName: "group" },
        })),
    ],
  }),
  ...mutationsOf("lists", roles, {
    "im-roles-first-only": [() => changedList("im get_role_in_group", "UserIdList", (entries) => entries.slice(0, 1))],
    "im-roles-last-first": [
      () =>
        changedList("im get_role_in_group", "UserIdList", (entries) =>
          entries.map((entry, index) => ({ ...entry, Role: entries[entries.length - 1 - index]?.["Role"] ?? "" })),
        ),
    ],
    "im-roles-all-members": [
      () =>
        changedList("im get_role_in_group", "UserIdList", (entries) =>
          entries.map((entry) => ({ ...entry, Role: "Member" })),
        ),
    ],
    "im-roles-in-any-group": [
      () =>
        changedList("im get_role_in_group", "UserIdList", (entries, _call, { im: { groups } }) =>
          entries.map((entry) => {
            const isMember = [...groups.values()].some(({ members }) => members.has(String(entry["Member_Account"])));
            return { ...entry, Role: isMember ? "Member" : "NotMember" };
          }),
        ),
    ],
  }),
  ...mutationsOf("lists", collections, {
    "aws-page-size-ignored": [
      () => changedInput("rekognition ListUsers", (input) => withoutMembers(input, "MaxResults")),
    ],
    "aws-page-size-plus-one": [
      () => changedInput("rekognition ListUsers", (input) => changedMember(input, "MaxResults", (size) => size + 1)),
    ],
    "aws-token-for-ever": [
      () => changedOutput("rekognition ListUsers", (output) => ({ ...output, NextToken: "bm9uZQ" })),
    ],
    "aws-token-ignored": [() => changedInput("rekognition ListUsers", (input) => withoutMembers(input, "NextToken"))],
    "aws-first-page-only": [
      () => changedOutput("rekognition ListUsers", (output) => withoutMembers(output, "NextToken")),
    ],
    "aws-users-empty": [() => changedOutput("rekognition ListUsers", () => ({ Users: [] }))],
    "aws-users-of-all-collections": [
      () =>
        changedList("rekognition ListUsers", "Users", (_entries, _call, { rekognition }) =>
          [...rekognition.collections.values()].flatMap(({ users }) =>
            [...users].map((UserId) => ({ UserId, UserStatus: "ACTIVE" })),
          ),
        ),
    ],
    "aws-entry-twice": [
      () => changedList("rekognition ListUsers", "Users", (entries) => [...entries, ...entries.slice(-1)]),
    ],
    "aws-user-count-0": [
      () => changedOutput("rekognition DescribeCollection", (output) => ({ ...output, UserCount: 0 })),
    ],
    "aws-user-count-plus-1": [
      () =>
        changedOutput("rekognition DescribeCollection", (output) => changedMember(output, "UserCount", (n) => n + 1)),
    ],
    "aws-arn-of-another": [
      () =>
        changedOutput("rekognition DescribeCollection", (output, _call, { rekognition }) => ({
          ...output,
          CollectionARN: `arn:aws:rekognition:us-east-1:${rekognition.account}:collection/another`,
        })),
    ],
    "aws-created-arn-of-another": [
      () =>
        changedOutput("rekognition CreateCollection", (output) => ({
          ...output,
          CollectionArn: `${output["CollectionArn"]}x`,
        })),
    ],
    "aws-created-in-milliseconds": [
      () =>
        changedOutput("rekognition DescribeCollection", (output) =>
          changedMember(output, "CreationTimestamp", (seconds) => seconds * 1000),
        ),
    ],
    "aws-status-code-201": [
      () => changedOutput("rekognition CreateCollection", (output) => ({ ...output, StatusCode: 201 })),
    ],
  }),
];
