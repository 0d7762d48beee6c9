/** Faults about values: a size, a character, a repeat or an absence that the broken server judges otherwise. */
import type { Json } from "../../model.ts";
import type { Fault } from "../fault.ts";
import { bytes, chars } from "../measure.ts";
import type { Refused } from "../refused.ts";

const createGroup = "tencent/iai/CreateGroup";

/** Lets a call pass where the refusal is for this breach and the value is of the kind. */
const passes =
  (at: string, breach: string, kind: (value: Json) => boolean = () => true): NonNullable<Fault["refusal"]> =>
  (refused: Refused) =>
    refused.at.replace(/\[\d+\]$/, "[]") === at && refused.breach === breach && kind(refused.value ?? null)
      ? undefined
      : refused;

const isText = (holds: (text: string) => boolean) => (value: Json) => typeof value === "string" && holds(value);
const isList = (n: number) => (value: Json) => Array.isArray(value) && value.length === n;

export const valueFaults: readonly Fault[] = [
  {
    id: "group-id-one-byte-more",
    says: "Takes a GroupId of 65 bytes.",
    action: createGroup,
    family: "boundary",
    refusal: passes(
      "GroupId",
      "x-maxBytes",
      isText((v) => bytes(v) === 65),
    ),
  },
  {
    id: "group-name-one-character-more",
    says: "Takes a GroupName of 61 characters.",
    action: createGroup,
    family: "boundary",
    refusal: passes(
      "GroupName",
      "maxLength",
      isText((v) => chars(v) === 61),
    ),
  },
  {
    id: "group-name-in-bytes",
    says: "Counts GroupName in bytes, so that 60 Chinese characters are too many.",
    action: createGroup,
    family: "boundary",
    refuses: ({ GroupName }) =>
      typeof GroupName === "string" && bytes(GroupName) > 60 ? "InvalidParameterValue.GroupNameTooLong" : undefined,
  },
  {
    // Of GroupName the documents leave the unit open; here they do not.
    id: "description-in-utf16",
    says: "Counts the Description of a group in UTF-16 units, so that 1024 characters beyond the basic plane are too many.",
    action: "tencent/organization/CreateGroup",
    family: "boundary",
    refuses: ({ Description }) =>
      typeof Description === "string" && Description.length > 1024 ? "InvalidParameter" : undefined,
  },
  {
    id: "description-one-character-more",
    says: "Takes a description of 31 characters.",
    action: createGroup,
    family: "boundary",
    refusal: passes(
      "GroupExDescriptions[]",
      "maxLength",
      isText((v) => chars(v) === 31),
    ),
  },
  {
    id: "sixth-description",
    says: "Takes six descriptions.",
    action: createGroup,
    family: "boundary",
    refusal: passes("GroupExDescriptions", "maxItems", isList(6)),
  },
  {
    id: "im-group-name-in-characters",
    says: "Counts the Name of a group in characters where bytes are meant.",
    action: "tencent/im/create_group",
    family: "boundary",
    refusal: passes(
      "Name",
      "x-maxBytes",
      isText((v) => chars(v) <= 30),
    ),
  },
  {
    id: "im-501-members",
    says: "Takes 501 accounts to remove.",
    action: "tencent/im/delete_group_member",
    family: "boundary",
    refusal: passes("MemberToDel_Account", "maxItems", isList(501)),
  },
  {
    id: "aws-user-id-129",
    says: "Takes a UserId of 129 characters.",
    action: "aws/rekognition/DeleteUser",
    family: "boundary",
    refusal: passes(
      "UserId",
      "maxLength",
      isText((v) => chars(v) === 129),
    ),
  },
  {
    id: "forbidden-inside",
    says: "Looks at the first and the last character of GroupId alone.",
    action: createGroup,
    family: "illegal-charset",
    refusal: passes(
      "GroupId",
      "pattern",
      isText((v) => /^[\w%@#&-].*[\w%@#&-]$/su.test(v)),
    ),
  },
  {
    id: "forbidden-at-the-end",
    says: "Looks for a good beginning of GroupName alone.",
    action: createGroup,
    family: "illegal-charset",
    refusal: passes(
      "GroupName",
      "pattern",
      isText((v) => /^[\w-]/u.test(v)),
    ),
  },
  {
    id: "blanks-stripped",
    says: "Strips blanks at both ends of every text before it looks.",
    action: createGroup,
    family: "illegal-charset",
    input: (members) =>
      Object.fromEntries(Object.entries(members).map(([n, v]) => [n, typeof v === "string" ? v.trim() : v])),
  },
  {
    id: "same-description-twice",
    says: "Takes the same description twice.",
    action: createGroup,
    family: "duplicate",
    refusal: passes("GroupExDescriptions", "uniqueItems"),
  },
  {
    id: "absent-accepted",
    says: "Makes a group without a GroupName.",
    action: createGroup,
    family: "missing-member",
    refusal: passes("GroupName", "absent"),
  },
  {
    id: "empty-accepted",
    says: "Makes a group with an empty GroupName.",
    action: createGroup,
    family: "missing-member",
    refusal: (refused) => (refused.at === "GroupName" && refused.value === "" ? undefined : refused),
  },
  {
    id: "null-accepted",
    says: "Takes null for a GroupName.",
    action: createGroup,
    family: "missing-member",
    refusal: passes("GroupName", "is-null"),
  },
  {
    id: "number-taken-for-text",
    says: "Takes a number where a text is declared.",
    action: createGroup,
    family: "wrong-type",
    input: (members) =>
      Object.fromEntries(Object.entries(members).map(([name, v]) => [name, typeof v === "number" ? String(v) : v])),
  },
  {
    id: "im-silence-2",
    says: "Takes any number for Silence.",
    action: "tencent/im/delete_group_member",
    family: "enum",
    refusal: passes("Silence", "enum"),
  },
  {
    id: "undeclared-member-taken",
    says: "Takes no notice of members that nobody declares.",
    action: "tencent/iai",
    family: "unknown-member",
    refusal: (refused) => (refused.breach === "unknown" ? undefined : refused),
  },
];
