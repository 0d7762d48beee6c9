/** Faults in the check of values that no operator makes: a value is converted or cut before it is checked, or an item is left out. */
import type { Json } from "../../model/index.ts";
import type { Fault } from "./fault.ts";
import { misreadAll, misreadMember, replaceCode } from "./value-faults.ts";

const createGroup = "tencent/iai/CreateGroup";
const createUser = "tencent/organization/CreateUser";
const createPerson = "tencent/iai/CreatePerson";
const imGroup = "tencent/im/create_group";

const isObject = (value: Json): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

export const valueFaults: readonly Fault[] = [
  {
    id: "second-description-unseen",
    description: "Checks the length of only the first item of GroupExDescriptions.",
    action: createGroup,
    family: "boundary",
    detects: "keyword:maxLength/lax",
    refusal: (refusal) =>
      /^GroupExDescriptions\[[1-9]\]$/.test(refusal.parameter) && refusal.breach === "maxLength" ? undefined : refusal,
  },
  {
    id: "second-person-description-unseen",
    description: "Checks the length of the text in only the first item of PersonExDescriptionInfos.",
    action: createPerson,
    family: "boundary",
    detects: "keyword:maxLength/lax",
    refusal: (refusal) =>
      /^PersonExDescriptionInfos\[[1-9]\]\./.test(refusal.parameter) && refusal.breach === "maxLength"
        ? undefined
        : refusal,
  },
  {
    id: "sixth-description-dropped",
    description: "Drops the sixth item of GroupExDescriptions instead of refusing the list.",
    action: createGroup,
    family: "boundary",
    detects: "keyword:maxItems/lax",
    input: misreadMember("GroupExDescriptions", (v) => (Array.isArray(v) ? v.slice(0, 5) : v)),
  },
  {
    id: "max-results-cut-to-100",
    description: "Reduces a MaxResults above 100 to 100 instead of refusing it.",
    action: "tencent/organization/ListUsers",
    family: "boundary",
    detects: "keyword:maximum/lax",
    input: misreadMember("MaxResults", (v) => (typeof v === "number" ? Math.min(v, 100) : v)),
  },
  {
    id: "full-width-folded",
    description: "Converts full-width letters in UserName to ASCII letters instead of refusing them.",
    action: createUser,
    family: "illegal-charset",
    detects: "keyword:pattern/lax",
    input: misreadMember("UserName", (v) => (typeof v === "string" ? v.normalize("NFKC") : v)),
  },
  {
    id: "accents-dropped",
    description: "Removes accents from letters in GroupName instead of refusing them.",
    action: "tencent/organization/CreateGroup",
    family: "illegal-charset",
    detects: "keyword:pattern/lax",
    input: misreadMember("GroupName", (v) => (typeof v === "string" ? v.normalize("NFD").replace(/\p{Mn}/gu, "") : v)),
  },
  {
    id: "blanks-stripped",
    description: "Strips white space at both ends of every string before it checks the string.",
    action: createGroup,
    family: "illegal-charset",
    detects: "keyword:pattern/lax",
    input: misreadAll((v) => (typeof v === "string" ? v.trim() : v)),
  },
  {
    id: "forbidden-removed",
    description: "Removes forbidden characters from Tag instead of refusing them.",
    action: createGroup,
    family: "illegal-charset",
    detects: "keyword:pattern/lax",
    input: misreadMember("Tag", (v) => (typeof v === "string" ? v.replace(/[^\p{L}\p{Nd} _-]/gu, "") : v)),
  },
  {
    id: "first-description-unseen",
    description: "Checks the characters of every item of GroupExDescriptions but the first.",
    action: createGroup,
    family: "illegal-charset",
    detects: "keyword:pattern/lax",
    refusal: (refusal) =>
      refusal.parameter === "GroupExDescriptions[0]" && refusal.breach === "pattern" ? undefined : refusal,
  },
  {
    id: "number-taken-for-text",
    description: "Converts a number to a string where a string is declared.",
    action: createGroup,
    family: "wrong-type",
    detects: "keyword:type/lax",
    input: misreadAll((v) => (typeof v === "number" ? String(v) : v)),
  },
  {
    id: "object-taken-for-text",
    description: "Converts an object to a JSON string where a string is declared.",
    action: imGroup,
    family: "wrong-type",
    detects: "keyword:type/lax",
    input: misreadAll((v) => (isObject(v) ? JSON.stringify(v) : v)),
  },
  {
    id: "list-taken-for-text",
    description: "Accepts a list of one item where a string is declared and uses the item.",
    action: "tencent/organization/CreateUser",
    family: "wrong-type",
    detects: "keyword:type/lax",
    input: misreadAll((v) => (Array.isArray(v) && v.length === 1 ? (v[0] as Json) : v)),
  },
  {
    id: "text-taken-for-list",
    description: "Converts a string as GroupExDescriptions to a list of one item.",
    action: createGroup,
    family: "wrong-type",
    detects: "keyword:type/lax",
    input: misreadMember("GroupExDescriptions", (v) => (typeof v === "string" ? [v] : v)),
  },
  {
    id: "text-taken-for-no-number",
    description: "Ignores a MaxResults that is a string.",
    action: "tencent/organization/ListGroups",
    family: "wrong-type",
    detects: "keyword:type/lax",
    input: misreadMember("MaxResults", (v) => (typeof v === "string" ? undefined : v)),
  },
  {
    id: "decimals-rounded",
    description: "Rounds a Limit of 1.5 instead of refusing it.",
    action: "tencent/iai/GetGroupList",
    family: "wrong-type",
    detects: "keyword:type/lax",
    input: misreadMember("Limit", (v) => (typeof v === "number" ? Math.round(v) : v)),
  },
  {
    id: "boolean-taken-for-number",
    description: "Converts a Gender of true to 1 instead of refusing it.",
    action: createPerson,
    family: "wrong-type",
    detects: "keyword:type/lax",
    input: misreadMember("Gender", (v) => (typeof v === "boolean" ? Number(v) : v)),
  },
  {
    id: "aws-number-for-text",
    description: "Converts a number to a string where a string is declared.",
    action: "aws/rekognition/CreateUser",
    family: "wrong-type",
    detects: "keyword:type/lax",
    input: misreadAll((v) => (typeof v === "number" ? String(v) : v)),
  },
  {
    id: "type-breaks-it",
    description: "Answers a value of the wrong type with InternalError.",
    action: "tencent/organization",
    family: "wrong-type",
    detects: "keyword:type/code",
    refusal: (refusal) => (refusal.breach === "type" ? { ...refusal, code: "InternalError" } : refusal),
  },
  {
    id: "undeclared-member-taken",
    description: "Ignores undeclared parameters instead of refusing them.",
    action: "tencent/iai",
    family: "unknown-member",
    detects: "keyword:unknown/lax",
    refusal: (refusal) => (refusal.breach === "unknown" ? undefined : refusal),
  },
  {
    id: "undeclared-told-as-invalid",
    description: "Answers an undeclared parameter with InvalidParameter instead of UnknownParameter.",
    action: "tencent/organization",
    family: "unknown-member",
    detects: "keyword:unknown/code",
    refusal: replaceCode("UnknownParameter", "InvalidParameter"),
  },
  {
    // The documents do not state whether an undeclared parameter is refused or ignored; an internal error is wrong in either case.
    id: "aws-undeclared-breaks-it",
    description: "Answers an undeclared parameter with InternalFailure.",
    action: "aws/rekognition",
    family: "unknown-member",
    detects: "check:code",
    extraRefusal: (members, { action }) =>
      Object.keys(members).some((name) => !action?.parameters.some((p) => p.name === name))
        ? "InternalFailure"
        : undefined,
  },
];
