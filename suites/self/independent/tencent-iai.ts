/** Face recognition, iai 2018-03-01: groups of persons. */
import type { CallMembers } from "../../../runner/model/index.ts";
import {
  bytes,
  characters,
  integerShape,
  optional,
  refuseWith,
  required,
  type ServiceAction,
  textShape,
} from "./call.ts";

export interface IaiGroup {
  name: string;
  readonly tag: string;
  readonly descriptions: readonly string[];
}

export interface IaiPerson {
  readonly name: string;
  readonly gender: number;
  readonly faceIds: readonly string[];
  /** Ids of its groups, in the order in which it joined them. */
  readonly groups: Set<string>;
}

export interface PersonGroupsState {
  readonly groups: Map<string, IaiGroup>;
  readonly persons: Map<string, IaiPerson>;
}

const VALUE = "InvalidParameterValue";
const EMPTY = "MissingParameter.ErrorParameterEmpty";
const ID = /^[A-Za-z0-9\-%@#&_]+$/;
const NAME = /^[\p{Script=Han}A-Za-z0-9_-]+$/u;

const id = (kind: "Group" | "Person") =>
  textShape((value) => {
    if (value === "") return EMPTY;
    if (bytes(value) > 64) return `${VALUE}.${kind}IdTooLong`;
    return ID.test(value) ? undefined : `${VALUE}.${kind}IdIllegal`;
  });

const name = (what: string, maximum: number, empty: string | undefined = EMPTY) =>
  textShape((value) => {
    if (value === "") return empty;
    if (characters(value) > maximum) return `${VALUE}.${what}TooLong`;
    return NAME.test(value) ? undefined : `${VALUE}.${what}Illegal`;
  });

const unsigned = (maximum?: number) =>
  ({
    ...integerShape((value) => (maximum !== undefined && value > maximum ? `${VALUE}.LimitExceed` : undefined)),
    unsigned: true,
  }) as const;

const page = (maximum: number) => ({ Offset: optional(unsigned()), Limit: optional(unsigned(maximum)) });

function pageOf<Entry>(entries: readonly Entry[], input: CallMembers): Entry[] {
  const offset = (input["Offset"] as number | undefined) ?? 0;
  return entries.slice(offset, offset + ((input["Limit"] as number | undefined) ?? 10));
}

const IMAGE_STARTS = ["iVBORw0KGgo", "/9j/", "Qk"]; // PNG, JPEG and BMP, in base64

export function iaiActions({ groups, persons }: PersonGroupsState): Record<string, ServiceAction> {
  let faces = 2875186538564559728n;
  const groupOf = (input: CallMembers): IaiGroup =>
    groups.get(input["GroupId"] as string) ?? refuseWith(`${VALUE}.GroupIdNotExist`);
  const personOf = (input: CallMembers, code = `${VALUE}.PersonIdNotExist`): IaiPerson =>
    persons.get(input["PersonId"] as string) ?? refuseWith(code);
  const leave = (personId: string, groupId: string): void => {
    const person = persons.get(personId);
    person?.groups.delete(groupId);
    if (person?.groups.size === 0) persons.delete(personId);
  };
  const personsOf = (groupId: string) => [...persons].filter(([, person]) => person.groups.has(groupId));

  return {
    CreateGroup: {
      parameters: {
        GroupName: required(name("GroupName", 60)),
        GroupId: required(id("Group")),
        GroupExDescriptions: optional({
          type: "list",
          items: name("GroupExDescriptionsName", 30),
          check: (list) => {
            if (list.length > 5) return `${VALUE}.GroupExDescriptionsExceed`;
            return new Set(list).size < list.length ? `${VALUE}.GroupExDescriptionsNameIdentical` : undefined;
          },
        }),
        Tag: optional(
          textShape((value) => {
            if (characters(value) > 40) return `${VALUE}.GroupTagTooLong`;
            return value === "" || NAME.test(value) ? undefined : `${VALUE}.GroupTagIllegal`;
          }),
        ),
      },
      handle: (input) => {
        const groupName = input["GroupName"] as string;
        if (groups.has(input["GroupId"] as string)) refuseWith(`${VALUE}.GroupIdAlreadyExist`);
        if ([...groups.values()].some((group) => group.name === groupName))
          refuseWith(`${VALUE}.GroupNameAlreadyExist`);
        groups.set(input["GroupId"] as string, {
          name: groupName,
          tag: (input["Tag"] as string | undefined) ?? "",
          descriptions: (input["GroupExDescriptions"] as string[] | undefined) ?? [],
        });
        return {};
      },
    },
    DeleteGroup: {
      parameters: { GroupId: required(id("Group")) },
      handle: (input) => {
        groupOf(input);
        const groupId = input["GroupId"] as string;
        for (const [personId] of personsOf(groupId)) leave(personId, groupId);
        groups.delete(groupId);
        return {};
      },
    },
    GetGroupList: {
      parameters: page(1000),
      handle: (input) => ({
        GroupInfos: pageOf([...groups], input).map(([GroupId, group]) => ({
          GroupName: group.name,
          GroupId,
          GroupExDescriptions: [...group.descriptions],
          Tag: group.tag,
        })),
        GroupNum: groups.size,
      }),
    },
    CreatePerson: {
      parameters: {
        GroupId: required(id("Group")),
        PersonName: required(name("PersonName", 60)),
        PersonId: required(id("Person")),
        Gender: optional(
          integerShape((value) => ([0, 1, 2].includes(value) ? undefined : `${VALUE}.PersonGenderIllegal`)),
        ),
        PersonExDescriptionInfos: optional({
          type: "list",
          items: {
            type: "object",
            members: {
              PersonExDescriptionIndex: optional(
                integerShape((value) => (value >= 0 && value < 5 ? undefined : "InvalidParameter")),
              ),
              PersonExDescription: optional(
                textShape((value) => (characters(value) > 60 ? `${VALUE}.PersonExDescriptionsNameTooLong` : undefined)),
              ),
            },
          },
          check: (list) => (list.length > 5 ? `${VALUE}.PersonExDescriptionInfosExceed` : undefined),
        }),
        Image: optional(textShape()),
        Url: optional(textShape()),
      },
      handle: (input) => {
        const { Image: image, Url: url } = input as { Image?: string; Url?: string };
        groupOf(input);
        if (persons.has(input["PersonId"] as string)) refuseWith(`${VALUE}.PersonIdAlreadyExist`);
        // Of both, only the address is used, and nothing is downloaded here.
        if (url) refuseWith(/^https?:\/\/./.test(url) ? "FailedOperation.ImageDownloadError" : `${VALUE}.UrlIllegal`);
        if (!image) return refuseWith(`${VALUE}.ImageEmpty`);
        if (!IMAGE_STARTS.some((start) => image.startsWith(start))) refuseWith("FailedOperation.ImageDecodeFailed");
        const faceId = String(faces++);
        persons.set(input["PersonId"] as string, {
          name: input["PersonName"] as string,
          gender: (input["Gender"] as number | undefined) ?? 0,
          faceIds: [faceId],
          groups: new Set([input["GroupId"] as string]),
        });
        return { FaceId: faceId };
      },
    },
    CopyPerson: {
      parameters: {
        PersonId: required(id("Person")),
        GroupIds: required({
          type: "list",
          items: id("Group"),
          check: (list) => (list.length === 0 ? EMPTY : undefined),
        }),
      },
      handle: (input) => {
        const person = personOf(input);
        const groupIds = [...new Set(input["GroupIds"] as string[])];
        for (const groupId of groupIds) {
          groupOf({ GroupId: groupId });
          if (person.groups.has(groupId)) refuseWith("FailedOperation.GroupPersonMapExist");
        }
        if (person.groups.size + groupIds.length > 100) refuseWith(`${VALUE}.GroupNumPerPersonExceed`);
        for (const groupId of groupIds) person.groups.add(groupId);
        return { SucGroupNum: groupIds.length, SucGroupIds: groupIds };
      },
    },
    DeletePerson: {
      parameters: { PersonId: required(id("Person")) },
      handle: (input) => {
        personOf(input, "ResourceNotFound.ErrorPersonNotExisted");
        persons.delete(input["PersonId"] as string);
        return {};
      },
    },
    DeletePersonFromGroup: {
      parameters: { PersonId: required(id("Person")), GroupId: required(id("Group")) },
      handle: (input) => {
        groupOf(input);
        if (!personOf(input).groups.has(input["GroupId"] as string))
          refuseWith("FailedOperation.GroupPersonMapNotExist");
        leave(input["PersonId"] as string, input["GroupId"] as string);
        return {};
      },
    },
    GetPersonList: {
      parameters: { GroupId: required(id("Group")), ...page(1000) },
      handle: (input) => {
        groupOf(input);
        const members = personsOf(input["GroupId"] as string);
        return {
          PersonInfos: pageOf(members, input).map(([PersonId, person]) => ({
            PersonName: person.name,
            PersonId,
            Gender: person.gender,
            PersonExDescriptions: [],
            FaceIds: [...person.faceIds],
          })),
          PersonNum: members.length,
          FaceNum: members.reduce((sum, [, person]) => sum + person.faceIds.length, 0),
        };
      },
    },
    GetPersonGroupInfo: {
      parameters: { PersonId: required(id("Person")), ...page(100) },
      handle: (input) => {
        const groupIds = [...personOf(input).groups];
        return {
          PersonGroupInfos: pageOf(groupIds, input).map((GroupId) => ({ GroupId, PersonExDescriptions: [] })),
          GroupNum: groupIds.length,
        };
      },
    },
  };
}
