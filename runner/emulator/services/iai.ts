/** Groups of persons: what a face library holds, kept by hand. */
import type { CallMembers } from "../../model/index.ts";
import { integer, objectList, pick, type ServiceEmulation, text, textList } from "./handler.ts";

interface Group {
  readonly id: string;
  readonly shown: CallMembers;
  /** Each of its persons' descriptions there. */
  readonly persons: Map<string, readonly string[]>;
}

interface Person {
  readonly id: string;
  readonly shown: CallMembers;
  readonly faces: readonly string[];
  readonly groups: Set<string>;
}

export interface IaiState {
  readonly groups: Map<string, Group>;
  readonly names: Set<string>;
  readonly persons: Map<string, Person>;
}

/** Of the recognition; the pages' samples print it. */
const model = "3.0";
const noGroup = "InvalidParameterValue.GroupIdNotExist";
const noPerson = "InvalidParameterValue.PersonIdNotExist";

function addToGroup(person: Person, group: Group | undefined, said: readonly string[]): void {
  if (!group) return;
  person.groups.add(group.id);
  group.persons.set(person.id, said);
}

/** A person in no group is gone. */
function removeFromGroup({ persons }: IaiState, person: Person, group: Group): void {
  person.groups.delete(group.id);
  group.persons.delete(person.id);
  if (person.groups.size === 0) persons.delete(person.id);
}

const membersOf = ({ persons }: IaiState, group: Group): Person[] =>
  [...group.persons.keys()].map((id) => persons.get(id)).filter((p) => p !== undefined);

const page = <T>(all: readonly T[], input: CallMembers): T[] => {
  const from = integer(input, "Offset", 0);
  return all.slice(from, from + Math.max(0, integer(input, "Limit", 10)));
};

const descriptions = (input: CallMembers): string[] =>
  objectList(input, "PersonExDescriptionInfos").map((info) => text(info, "PersonExDescription"));

export const iai: ServiceEmulation<IaiState> = {
  service: "tencent/iai",
  initialState: () => ({ groups: new Map(), names: new Set(), persons: new Map() }),
  counts: ({ groups, persons }) => ({ groups: groups.size, persons: persons.size }),
  handlers: {
    CreateGroup({ groups, names }, input, { refuse, now }) {
      const id = text(input, "GroupId");
      const name = text(input, "GroupName");
      // A call that repeats both is told of the id.
      const taken =
        (groups.has(id) && refuse("InvalidParameterValue.GroupIdAlreadyExist")) ||
        (names.has(name) && refuse("InvalidParameterValue.GroupNameAlreadyExist"));
      if (taken) return taken;
      names.add(name);
      groups.set(id, {
        id,
        shown: {
          GroupExDescriptions: [],
          Tag: "",
          ...pick(input, ["GroupName", "GroupId", "GroupExDescriptions", "Tag"]),
          FaceModelVersion: model,
          CreationTimestamp: now,
        },
        persons: new Map(),
      });
      return {};
    },
    DeleteGroup(library, input, { refuse }) {
      const group = library.groups.get(text(input, "GroupId"));
      if (!group) return refuse(noGroup);
      for (const person of membersOf(library, group)) removeFromGroup(library, person, group);
      library.groups.delete(group.id);
      library.names.delete(text(group.shown, "GroupName"));
      return {};
    },
    GetGroupList({ groups }, input) {
      const shown = page([...groups.values()], input).map((g) => g.shown);
      return { GroupInfos: shown, GroupNum: groups.size };
    },
    CreatePerson({ groups, persons }, input, { refuse, newId }) {
      const id = text(input, "PersonId");
      const group = text(input, "GroupId");
      const no =
        (!groups.has(group) && refuse(noGroup)) ||
        (persons.has(id) && refuse("InvalidParameterValue.PersonIdAlreadyExist")) ||
        (!showsImage(input) && refuse("FailedOperation.ImageDecodeFailed"));
      if (no) return no;
      const face = newId();
      const shown = pick(input, ["PersonName", "PersonId", "Gender"]);
      const person = { id, shown, faces: [face], groups: new Set<string>() };
      persons.set(id, person);
      addToGroup(person, groups.get(group), descriptions(input));
      return { FaceId: face };
    },
    DeletePerson({ groups, persons }, input, { refuse }) {
      const person = persons.get(text(input, "PersonId"));
      // The page's sample has this code, which its table lacks.
      if (!person) return refuse("ResourceNotFound.ErrorPersonNotExisted");
      for (const id of person.groups) groups.get(id)?.persons.delete(person.id);
      persons.delete(person.id);
      return {};
    },
    CopyPerson({ groups, persons }, input, { refuse }) {
      const person = persons.get(text(input, "PersonId"));
      if (!person) return refuse(noPerson);
      const ids = textList(input, "GroupIds");
      const no =
        (ids.some((id) => !groups.has(id)) && refuse(noGroup)) ||
        (ids.some((id) => person.groups.has(id)) && refuse("FailedOperation.GroupPersonMapExist"));
      if (no) return no;
      for (const id of ids) addToGroup(person, groups.get(id), []);
      return { SucGroupNum: ids.length, SucGroupIds: ids };
    },
    DeletePersonFromGroup(library, input, { refuse }) {
      const group = library.groups.get(text(input, "GroupId"));
      if (!group) return refuse(noGroup);
      const person = library.persons.get(text(input, "PersonId"));
      if (!person) return refuse(noPerson);
      if (!person.groups.has(group.id)) return refuse("FailedOperation.GroupPersonMapNotExist");
      removeFromGroup(library, person, group);
      return {};
    },
    GetPersonList(library, input, { refuse }) {
      const group = library.groups.get(text(input, "GroupId"));
      if (!group) return refuse(noGroup);
      const persons = membersOf(library, group);
      const shown = page(persons, input).map((p) => ({
        ...p.shown,
        PersonExDescriptions: [...(group.persons.get(p.id) ?? [])],
        FaceIds: [...p.faces],
      }));
      const faces = persons.reduce((n, p) => n + p.faces.length, 0);
      return { PersonInfos: shown, PersonNum: persons.length, FaceNum: faces, FaceModelVersion: model };
    },
    GetPersonGroupInfo({ groups, persons }, input, { refuse }) {
      const person = persons.get(text(input, "PersonId"));
      if (!person) return refuse(noPerson);
      const all = [...person.groups].map((GroupId) => ({
        GroupId,
        PersonExDescriptions: [...(groups.get(GroupId)?.persons.get(person.id) ?? [])],
      }));
      return { PersonGroupInfos: page(all, input), GroupNum: all.length, FaceModelVersion: model };
    },
  },
};

/** An address is taken on trust; an image must begin as PNG, JPEG or BMP do. */
function showsImage(input: CallMembers): boolean {
  if (text(input, "Url") !== "") return true;
  const head = Buffer.from(text(input, "Image").slice(0, 16), "base64").toString("latin1");
  return ["\x89PNG", "\xff\xd8\xff", "BM"].some((magic) => head.startsWith(magic));
}
