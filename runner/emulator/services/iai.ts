/** tencent/iai, face recognition: groups of persons. */
import type { CallMembers } from "../../model/index.ts";
import { integer, objectList, pick, type ServiceEmulation, text, textList } from "./handler.ts";

interface Group {
  readonly id: string;
  /** The members that GetGroupList returns. */
  readonly info: CallMembers;
  /** By the person's id: the person's descriptions in this group. */
  readonly persons: Map<string, readonly string[]>;
}

interface Person {
  readonly id: string;
  /** The members that GetPersonList returns, without descriptions and faces. */
  readonly info: CallMembers;
  readonly faceIds: readonly string[];
  /** Ids of the groups that contain the person. */
  readonly groups: Set<string>;
}

export interface IaiState {
  readonly groups: Map<string, Group>;
  readonly groupNames: Set<string>;
  readonly persons: Map<string, Person>;
}

/** The version of the recognition model, as in the documented samples. */
const faceModelVersion = "3.0";
const groupNotFound = "InvalidParameterValue.GroupIdNotExist";
const personNotFound = "InvalidParameterValue.PersonIdNotExist";

function addToGroup(person: Person, group: Group | undefined, descriptions: readonly string[]): void {
  if (!group) return;
  person.groups.add(group.id);
  group.persons.set(person.id, descriptions);
}

/** Also deletes a person that is in no group any more. */
function removeFromGroup({ persons }: IaiState, person: Person, group: Group): void {
  person.groups.delete(group.id);
  group.persons.delete(person.id);
  if (person.groups.size === 0) persons.delete(person.id);
}

const personsIn = ({ persons }: IaiState, group: Group): Person[] =>
  [...group.persons.keys()].map((id) => persons.get(id)).filter((p) => p !== undefined);

const pageOf = <T>(entries: readonly T[], input: CallMembers): T[] => {
  const offset = integer(input, "Offset", 0);
  return entries.slice(offset, offset + Math.max(0, integer(input, "Limit", 10)));
};

const descriptionsIn = (input: CallMembers): string[] =>
  objectList(input, "PersonExDescriptionInfos").map((info) => text(info, "PersonExDescription"));

export const iai: ServiceEmulation<IaiState> = {
  service: "tencent/iai",
  initialState: () => ({ groups: new Map(), groupNames: new Set(), persons: new Map() }),
  counts: ({ groups, persons }) => ({ groups: groups.size, persons: persons.size }),
  handlers: {
    CreateGroup({ groups, groupNames }, input, { refuse, now }) {
      const id = text(input, "GroupId");
      const name = text(input, "GroupName");
      // Where both id and name are in use, the code is the one of the id.
      const refusal =
        (groups.has(id) && refuse("InvalidParameterValue.GroupIdAlreadyExist")) ||
        (groupNames.has(name) && refuse("InvalidParameterValue.GroupNameAlreadyExist"));
      if (refusal) return refusal;
      groupNames.add(name);
      groups.set(id, {
        id,
        info: {
          GroupExDescriptions: [],
          Tag: "",
          ...pick(input, ["GroupName", "GroupId", "GroupExDescriptions", "Tag"]),
          FaceModelVersion: faceModelVersion,
          CreationTimestamp: now,
        },
        persons: new Map(),
      });
      return {};
    },
    DeleteGroup(state, input, { refuse }) {
      const group = state.groups.get(text(input, "GroupId"));
      if (!group) return refuse(groupNotFound);
      for (const person of personsIn(state, group)) removeFromGroup(state, person, group);
      state.groups.delete(group.id);
      state.groupNames.delete(text(group.info, "GroupName"));
      return {};
    },
    GetGroupList({ groups }, input) {
      const GroupInfos = pageOf([...groups.values()], input).map((g) => g.info);
      return { GroupInfos, GroupNum: groups.size };
    },
    CreatePerson({ groups, persons }, input, { refuse, newId }) {
      const id = text(input, "PersonId");
      const groupId = text(input, "GroupId");
      const refusal =
        (!groups.has(groupId) && refuse(groupNotFound)) ||
        (persons.has(id) && refuse("InvalidParameterValue.PersonIdAlreadyExist")) ||
        (!hasImage(input) && refuse("FailedOperation.ImageDecodeFailed"));
      if (refusal) return refusal;
      const faceId = newId();
      const info = pick(input, ["PersonName", "PersonId", "Gender"]);
      const person = { id, info, faceIds: [faceId], groups: new Set<string>() };
      persons.set(id, person);
      addToGroup(person, groups.get(groupId), descriptionsIn(input));
      return { FaceId: faceId };
    },
    DeletePerson({ groups, persons }, input, { refuse }) {
      const person = persons.get(text(input, "PersonId"));
      // The sample on the documentation page has this code, its table of codes does not.
      if (!person) return refuse("ResourceNotFound.ErrorPersonNotExisted");
      for (const id of person.groups) groups.get(id)?.persons.delete(person.id);
      persons.delete(person.id);
      return {};
    },
    CopyPerson({ groups, persons }, input, { refuse }) {
      const person = persons.get(text(input, "PersonId"));
      if (!person) return refuse(personNotFound);
      const ids = textList(input, "GroupIds");
      const refusal =
        (ids.some((id) => !groups.has(id)) && refuse(groupNotFound)) ||
        (ids.some((id) => person.groups.has(id)) && refuse("FailedOperation.GroupPersonMapExist"));
      if (refusal) return refusal;
      for (const id of ids) addToGroup(person, groups.get(id), []);
      return { SucGroupNum: ids.length, SucGroupIds: ids };
    },
    DeletePersonFromGroup(state, input, { refuse }) {
      const group = state.groups.get(text(input, "GroupId"));
      if (!group) return refuse(groupNotFound);
      const person = state.persons.get(text(input, "PersonId"));
      if (!person) return refuse(personNotFound);
      if (!person.groups.has(group.id)) return refuse("FailedOperation.GroupPersonMapNotExist");
      removeFromGroup(state, person, group);
      return {};
    },
    GetPersonList(state, input, { refuse }) {
      const group = state.groups.get(text(input, "GroupId"));
      if (!group) return refuse(groupNotFound);
      const persons = personsIn(state, group);
      const PersonInfos = pageOf(persons, input).map((p) => ({
        ...p.info,
        PersonExDescriptions: [...(group.persons.get(p.id) ?? [])],
        FaceIds: [...p.faceIds],
      }));
      const FaceNum = persons.reduce((n, p) => n + p.faceIds.length, 0);
      return { PersonInfos, PersonNum: persons.length, FaceNum, FaceModelVersion: faceModelVersion };
    },
    GetPersonGroupInfo({ groups, persons }, input, { refuse }) {
      const person = persons.get(text(input, "PersonId"));
      if (!person) return refuse(personNotFound);
      const memberships = [...person.groups].map((GroupId) => ({
        GroupId,
        PersonExDescriptions: [...(groups.get(GroupId)?.persons.get(person.id) ?? [])],
      }));
      return {
        PersonGroupInfos: pageOf(memberships, input),
        GroupNum: memberships.length,
        FaceModelVersion: faceModelVersion,
      };
    },
  },
};

/** A URL is not downloaded and counts as an image; image data must begin with the signature of PNG, JPEG or BMP. */
function hasImage(input: CallMembers): boolean {
  if (text(input, "Url") !== "") return true;
  const head = Buffer.from(text(input, "Image").slice(0, 16), "base64").toString("latin1");
  return ["\x89PNG", "\xff\xd8\xff", "BM"].some((signature) => head.startsWith(signature));
}
