/** What a call does besides its own effect, or keeps of an earlier resource. */
import type { FaceCollection } from "../aws-rekognition.ts";
import type { PersonGroupsState } from "../tencent-iai.ts";
import type { ChatGroup } from "../tencent-im.ts";
import { changedCalls, furtherEffect, globsOf, mutationsOf } from "./mutation.ts";

const iai = globsOf("iai CreateGroup DeleteGroup CreatePerson CopyPerson DeletePerson DeletePersonFromGroup");
const directory = globsOf(
  "organization CreateGroup DeleteGroup CreateUser DeleteUser AddUserToGroup RemoveUserFromGroup",
);
const chat = globsOf(
  "im account_import account_delete create_group destroy_group add_group_member delete_group_member",
);
const collections = globsOf("rekognition CreateCollection DeleteCollection CreateUser DeleteUser");

function removePersons({ persons }: PersonGroupsState, isRemoved: (id: string) => boolean): void {
  for (const id of [...persons.keys()].filter(isRemoved)) persons.delete(id);
}

export const effectMutations = [
  ...mutationsOf("effects", iai, {
    "iai-refused-create-overwrites-tag": [
      () =>
        furtherEffect("iai CreateGroup", ({ iai: { groups } }, { GroupId = "", Tag = "" }, code) => {
          const group = groups.get(GroupId);
          if (code === "InvalidParameterValue.GroupIdAlreadyExist" && group)
            groups.set(GroupId, { ...group, tag: `${Tag}other` });
        }),
    ],
    "iai-refused-create-empties-group": [
      () =>
        furtherEffect("iai CreateGroup", ({ iai: { persons } }, { GroupId = "" }, code) => {
          if (code === "InvalidParameterValue.GroupIdAlreadyExist")
            for (const { groups } of persons.values()) groups.delete(GroupId);
        }),
    ],
    "iai-refused-create-deletes-group": [
      () =>
        furtherEffect("iai CreateGroup", ({ iai: { groups } }, { GroupId = "" }, code) => {
          if (code === "InvalidParameterValue.GroupIdAlreadyExist") groups.delete(GroupId);
        }),
    ],
    "iai-refused-person-deleted": [
      () =>
        furtherEffect("iai CreatePerson", ({ iai: { persons } }, { PersonId = "" }, code) => {
          if (code === "InvalidParameterValue.PersonIdAlreadyExist") persons.delete(PersonId);
        }),
    ],
    "iai-refused-copy-removes-person": [
      () =>
        furtherEffect("iai CopyPerson", ({ iai: { persons } }, { PersonId = "" }, code) => {
          if (code === "FailedOperation.GroupPersonMapExist") persons.delete(PersonId);
        }),
    ],
    "iai-refused-removal-removes-elsewhere": [
      () =>
        furtherEffect("iai DeletePersonFromGroup", (state, { PersonId = "" }, code) => {
          if (code === "FailedOperation.GroupPersonMapNotExist") removePersons(state.iai, (id) => id === PersonId);
        }),
    ],
    "iai-removal-from-all-groups": [
      () =>
        furtherEffect("iai DeletePersonFromGroup", (state, { PersonId = "" }, code) => {
          if (code === undefined) removePersons(state.iai, (id) => id === PersonId);
        }),
    ],
    "iai-removal-of-namesakes": [
      () =>
        changedCalls("iai DeletePersonFromGroup", (call, proceed, { iai: state }) => {
          const name = state.persons.get(String(call.input["PersonId"]))?.name;
          const answer = proceed(call);
          if ("output" in answer) removePersons(state, (id) => state.persons.get(id)?.name === name);
          return answer;
        }),
    ],
    "iai-person-kept-after-last-group": [
      () =>
        changedCalls("iai DeletePersonFromGroup", (call, proceed, { iai: { persons } }) => {
          const id = String(call.input["PersonId"]);
          const person = persons.get(id);
          const answer = proceed(call);
          if ("output" in answer && person) persons.set(id, person);
          return answer;
        }),
    ],
    "iai-person-deleted-by-prefix": [
      () =>
        furtherEffect("iai DeletePerson", (state, { PersonId = "" }, code) => {
          if (code === undefined) removePersons(state.iai, (id) => id.startsWith(PersonId.slice(0, 8)));
        }),
    ],
    "iai-person-deleted-in-any-case": [
      () =>
        furtherEffect("iai DeletePerson", (state, { PersonId = "" }, code) => {
          if (code === undefined) removePersons(state.iai, (id) => id.toLowerCase() === PersonId.toLowerCase());
        }),
    ],
    "iai-group-deleted-by-tag": [
      () =>
        changedCalls("iai DeleteGroup", (call, proceed, { iai: { groups } }) => {
          const tag = groups.get(String(call.input["GroupId"]))?.tag;
          const answer = proceed(call);
          if ("output" in answer)
            for (const [id, group] of groups) if (tag !== undefined && group.tag === tag) groups.delete(id);
          return answer;
        }),
    ],
    "iai-group-deleted-by-prefix": [
      () =>
        furtherEffect("iai DeleteGroup", ({ iai: { groups } }, { GroupId = "" }, code) => {
          if (code !== undefined) return;
          for (const id of [...groups.keys()]) if (id.startsWith(GroupId)) groups.delete(id);
        }),
    ],
    "iai-persons-survive-group": [
      () =>
        changedCalls("iai DeleteGroup", (call, proceed, { iai: { persons } }) => {
          const before = [...persons].map(([id, person]) => [id, person, [...person.groups]] as const);
          const answer = proceed(call);
          for (const [id, person, groups] of before) {
            persons.set(id, person);
            for (const group of groups) person.groups.add(group);
          }
          return answer;
        }),
    ],
    "iai-group-deletes-shared-persons": [
      () =>
        changedCalls("iai DeleteGroup", (call, proceed, { iai: state }) => {
          const id = String(call.input["GroupId"]);
          const members = [...state.persons].filter(([, { groups }]) => groups.has(id)).map(([personId]) => personId);
          const answer = proceed(call);
          if ("output" in answer) removePersons(state, (personId) => members.includes(personId));
          return answer;
        }),
    ],
    "iai-copy-moves-person": [
      () =>
        furtherEffect("iai CopyPerson", ({ iai: { persons } }, input, code) => {
          if (code !== undefined) return;
          const person = persons.get(input["PersonId"] ?? "");
          for (const id of [...(person?.groups ?? [])]) if (!input["GroupIds"]?.includes(id)) person?.groups.delete(id);
        }),
    ],
    "iai-group-names-stay-taken": [
      () => {
        const names = new Set<string>();
        return changedCalls("iai CreateGroup", (call, proceed) => {
          const name = String(call.input["GroupName"]);
          if (names.has(name)) return { code: "InvalidParameterValue.GroupNameAlreadyExist" };
          const answer = proceed(call);
          if ("output" in answer) names.add(name);
          return answer;
        });
      },
    ],
  }),
  ...mutationsOf("effects", directory, {
    "directory-removal-from-all-groups": [
      () =>
        furtherEffect("organization RemoveUserFromGroup", ({ organization: { groups } }, { UserId = "" }, code) => {
          if (code === undefined) for (const { members } of groups.values()) members.delete(UserId);
        }),
    ],
    "directory-removal-deletes-user": [
      () =>
        furtherEffect("organization RemoveUserFromGroup", ({ organization: { users } }, { UserId = "" }, code) => {
          if (code === undefined) users.delete(UserId);
        }),
    ],
    "directory-removal-empties-group": [
      () =>
        furtherEffect("organization RemoveUserFromGroup", ({ organization: { groups } }, { GroupId = "" }, code) => {
          if (code === undefined) groups.get(GroupId)?.members.clear();
        }),
    ],
    "directory-refused-removal-removes-elsewhere": [
      () =>
        furtherEffect("organization RemoveUserFromGroup", ({ organization: { groups } }, { UserId = "" }, code) => {
          if (code === "InvalidParameter.GroupUserNotExist")
            for (const { members } of groups.values()) members.delete(UserId);
        }),
    ],
    "directory-refused-add-removes": [
      () =>
        furtherEffect("organization AddUserToGroup", ({ organization: { groups } }, input, code) => {
          if (code === "InvalidParameter.GroupUserAlreadyExists")
            groups.get(input["GroupId"] ?? "")?.members.delete(input["UserId"] ?? "");
        }),
    ],
    "directory-refused-delete-leaves-groups": [
      () =>
        furtherEffect("organization DeleteUser", ({ organization: { groups } }, { UserId = "" }, code) => {
          if (code === "InvalidParameter.UserAlreadyExistsGroup")
            for (const { members } of groups.values()) members.delete(UserId);
        }),
    ],
    "directory-add-moves-user": [
      () =>
        furtherEffect("organization AddUserToGroup", ({ organization: { groups } }, input, code) => {
          if (code !== undefined) return;
          for (const { id, members } of groups.values())
            if (id !== input["GroupId"]) members.delete(input["UserId"] ?? "");
        }),
    ],
    "directory-group-deleted-with-members": [
      () =>
        changedCalls("organization DeleteGroup", (call, proceed, { organization: { groups } }) => {
          groups.get(String(call.input["GroupId"]))?.members.clear();
          return proceed(call);
        }),
    ],
    "directory-refused-create-renames": [
      () =>
        furtherEffect("organization CreateGroup", ({ organization: { groups } }, { GroupName = "" }, code) => {
          if (code !== "InvalidParameter.GroupNameAlreadyExists") return;
          for (const group of groups.values()) if (group.name === GroupName) group.name = `${GroupName}-old`;
        }),
    ],
    "directory-refused-create-deletes": [
      () =>
        furtherEffect("organization CreateUser", ({ organization: { users } }, { UserName = "" }, code) => {
          if (code !== "InvalidParameter.UsernameAlreadyExists") return;
          for (const { id, texts } of users.values()) if (texts["UserName"] === UserName) users.delete(id);
        }),
    ],
  }),
  ...mutationsOf("effects", chat, {
    "im-removal-from-all-groups": [
      () =>
        furtherEffect("im delete_group_member", ({ im: { groups } }, input, code) => {
          if (code !== undefined) return;
          for (const { members } of groups.values())
            for (const account of input["MemberToDel_Account"] ?? []) members.delete(account);
        }),
    ],
    "im-removal-empties-group": [
      () =>
        furtherEffect("im delete_group_member", ({ im: { groups } }, { GroupId = "" }, code) => {
          if (code === undefined) groups.get(GroupId)?.members.clear();
        }),
    ],
    "im-removal-deletes-account": [
      () =>
        furtherEffect("im delete_group_member", ({ im: { accounts } }, input, code) => {
          if (code === undefined) for (const account of input["MemberToDel_Account"] ?? []) accounts.delete(account);
        }),
    ],
    "im-import-resets-memberships": [
      () =>
        furtherEffect("im account_import", ({ im: { groups } }, { UserID = "" }) => {
          for (const { members } of groups.values()) members.delete(UserID);
        }),
    ],
    "im-members-survive-group": [
      () => {
        const destroyed = new Map<string, ChatGroup>();
        return changedCalls("im create_group destroy_group", (call, proceed, { im: { groups } }) => {
          const id = String(call.input["GroupId"]);
          if (call.action === "destroy_group") destroyed.set(id, groups.get(id) as ChatGroup);
          const answer = proceed(call);
          const members = destroyed.get(id)?.members ?? [];
          if (call.action === "create_group") for (const account of members) groups.get(id)?.members.add(account);
          return answer;
        });
      },
    ],
    "im-refused-create-empties": [
      () =>
        furtherEffect("im create_group", ({ im: { groups } }, { GroupId = "" }, code) => {
          if (code === "10021") groups.get(GroupId)?.members.clear();
        }),
    ],
    "im-refused-create-destroys": [
      () =>
        furtherEffect("im create_group", ({ im: { groups } }, { GroupId = "" }, code) => {
          if (code === "10021") groups.delete(GroupId);
        }),
    ],
    "im-destroys-by-prefix": [
      () =>
        furtherEffect("im destroy_group", ({ im: { groups } }, { GroupId = "" }, code) => {
          if (code !== undefined) return;
          for (const id of [...groups.keys()]) if (id.startsWith(GroupId.slice(0, 6))) groups.delete(id);
        }),
    ],
  }),
  ...mutationsOf("effects", collections, {
    "aws-mismatch-deletes": [
      () =>
        furtherEffect("rekognition DeleteUser", ({ rekognition }, { CollectionId = "", UserId = "" }, code) => {
          if (code === "IdempotentParameterMismatchException")
            rekognition.collections.get(CollectionId)?.users.delete(UserId);
        }),
    ],
    "aws-mismatch-creates": [
      () =>
        furtherEffect("rekognition CreateUser", ({ rekognition }, { CollectionId = "", UserId = "" }, code) => {
          if (code === "IdempotentParameterMismatchException")
            rekognition.collections.get(CollectionId)?.users.add(UserId);
        }),
    ],
    "aws-conflict-deletes": [
      () =>
        furtherEffect("rekognition CreateUser", ({ rekognition }, { CollectionId = "", UserId = "" }, code) => {
          if (code === "ConflictException") rekognition.collections.get(CollectionId)?.users.delete(UserId);
        }),
    ],
    "aws-refused-create-empties": [
      () =>
        furtherEffect("rekognition CreateCollection", ({ rekognition }, { CollectionId = "" }, code) => {
          if (code === "ResourceAlreadyExistsException") rekognition.collections.get(CollectionId)?.users.clear();
        }),
    ],
    "aws-user-deleted-in-all-collections": [
      () =>
        furtherEffect("rekognition DeleteUser", ({ rekognition }, { UserId = "" }, code) => {
          if (code === undefined) for (const { users } of rekognition.collections.values()) users.delete(UserId);
        }),
    ],
    "aws-user-deleted-in-any-case": [
      () =>
        furtherEffect("rekognition DeleteUser", ({ rekognition }, { CollectionId = "", UserId = "" }, code) => {
          const users = rekognition.collections.get(CollectionId)?.users ?? new Set<string>();
          if (code === undefined)
            for (const id of users) if (id.toLowerCase() === UserId.toLowerCase()) users.delete(id);
        }),
    ],
    "aws-refused-delete-deletes-elsewhere": [
      () =>
        furtherEffect("rekognition DeleteUser", ({ rekognition }, { UserId = "" }, code) => {
          if (code === "ResourceNotFoundException")
            for (const { users } of rekognition.collections.values()) users.delete(UserId);
        }),
    ],
    "aws-users-survive-collection": [
      () => {
        const deleted = new Map<string, FaceCollection>();
        return changedCalls("rekognition CreateCollection DeleteCollection", (call, proceed, { rekognition }) => {
          const id = String(call.input["CollectionId"]);
          const collection = rekognition.collections.get(id);
          const answer = proceed(call);
          if (call.action === "DeleteCollection" && collection) deleted.set(id, collection);
          const users = call.action === "CreateCollection" ? deleted.get(id)?.users : undefined;
          for (const user of users ?? []) rekognition.collections.get(id)?.users.add(user);
          return answer;
        });
      },
    ],
    "aws-collection-not-deleted-with-users": [
      () =>
        changedCalls("rekognition DeleteCollection", (call, proceed, { rekognition }) => {
          const id = String(call.input["CollectionId"]);
          const collection = rekognition.collections.get(id);
          const answer = proceed(call);
          if (collection && collection.users.size > 0) rekognition.collections.set(id, collection);
          return answer;
        }),
    ],
  }),
];
