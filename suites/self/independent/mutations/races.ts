/** A value that has to be unique is looked up before the call waits, and not again when it acts. */
import type { ServerHooks } from "../hooks.ts";
import type { IndependentState } from "../server-state.ts";
import { changedCalls, globsOf, mutationsOf } from "./mutation.ts";

const pause = async (): Promise<void> => {
  // Longer than it takes other calls of the same moment to arrive.
  for (let i = 0; i < 20; i++) await new Promise(setImmediate);
};

/** `hide` takes the resource with the value out of the way of the later check and returns how to put it back. */
const raceOver = (
  names: string,
  isTaken: (state: IndependentState, input: Record<string, string>) => boolean,
  hide: (state: IndependentState, input: Record<string, string>) => () => void,
): Partial<ServerHooks> =>
  changedCalls(names, async (call, proceed, state) => {
    const input = call.input as Record<string, string>;
    const wasTaken = isTaken(state, input);
    await pause();
    if (wasTaken) return proceed(call);
    const restore = hide(state, input);
    const answer = proceed(call);
    restore();
    return answer;
  });

const hideKey = <Value>(map: Map<string, Value>, key: string): (() => void) => {
  const value = map.get(key);
  map.delete(key);
  // The later call replaced the resource of the earlier one.
  return () => (value !== undefined && !map.has(key) ? map.set(key, value) : undefined);
};

function hideName(entries: Iterable<{ name: string }>, name: string): () => void {
  const found = [...entries].filter((entry) => entry.name === name);
  for (const entry of found) entry.name = "hidden";
  return () => {
    for (const entry of found) entry.name = name;
  };
}

export const raceMutations = mutationsOf("races", [], {
  "race-over-group-id": [
    () =>
      raceOver(
        "iai CreateGroup",
        ({ iai }, { GroupId = "" }) => iai.groups.has(GroupId),
        ({ iai }, { GroupId = "", GroupName = "" }) => {
          const restoreName =
            iai.groups.get(GroupId)?.name === GroupName ? hideName(iai.groups.values(), GroupName) : () => {};
          const restoreKey = hideKey(iai.groups, GroupId);
          return () => [restoreKey(), restoreName()];
        },
      ),
    globsOf("iai CreateGroup"),
  ],
  "race-over-group-name": [
    () =>
      raceOver(
        "iai CreateGroup",
        ({ iai }, { GroupName = "" }) => [...iai.groups.values()].some(({ name }) => name === GroupName),
        ({ iai }, { GroupName = "" }) => hideName(iai.groups.values(), GroupName),
      ),
    globsOf("iai CreateGroup"),
  ],
  "race-over-person-id": [
    () =>
      raceOver(
        "iai CreatePerson",
        ({ iai }, { PersonId = "" }) => iai.persons.has(PersonId),
        ({ iai }, { PersonId = "" }) => hideKey(iai.persons, PersonId),
      ),
    globsOf("iai CreatePerson"),
  ],
  "race-over-removal-of-person": [
    () =>
      changedCalls("iai DeletePerson", async (call, proceed, { iai }) => {
        const exists = iai.persons.has(String(call.input["PersonId"]));
        await pause();
        const answer = proceed(call);
        return exists ? { output: {} } : answer;
      }),
    globsOf("iai DeletePerson"),
  ],
  "race-over-directory-group-name": [
    () =>
      raceOver(
        "organization CreateGroup",
        ({ organization }, { GroupName = "" }) =>
          [...organization.groups.values()].some(({ name }) => name === GroupName),
        ({ organization }, { GroupName = "" }) => hideName(organization.groups.values(), GroupName),
      ),
    globsOf("organization CreateGroup"),
  ],
  "race-over-user-name": [
    () =>
      raceOver(
        "organization CreateUser",
        ({ organization }, { UserName = "" }) =>
          [...organization.users.values()].some(({ texts }) => texts["UserName"] === UserName),
        ({ organization: { users } }, { UserName = "" }) => {
          const found = [...users].filter(([, { texts }]) => texts["UserName"] === UserName);
          for (const [id] of found) users.delete(id);
          return () => {
            for (const [id, user] of found) users.set(id, user);
          };
        },
      ),
    globsOf("organization CreateUser"),
  ],
  "race-over-chat-group-id": [
    () =>
      raceOver(
        "im create_group",
        ({ im }, { GroupId = "" }) => im.groups.has(GroupId),
        ({ im }, { GroupId = "" }) => hideKey(im.groups, GroupId),
      ),
    globsOf("im create_group"),
  ],
  "race-over-collection-id": [
    () =>
      raceOver(
        "rekognition CreateCollection",
        ({ rekognition }, { CollectionId = "" }) => rekognition.collections.has(CollectionId),
        ({ rekognition }, { CollectionId = "" }) => hideKey(rekognition.collections, CollectionId),
      ),
    globsOf("rekognition CreateCollection"),
  ],
  "race-over-collection-user": [
    () =>
      changedCalls("rekognition CreateUser", async (call, proceed, { rekognition }) => {
        const users = rekognition.collections.get(String(call.input["CollectionId"]))?.users;
        const wasTaken = users?.has(String(call.input["UserId"]));
        await pause();
        if (!wasTaken) users?.delete(String(call.input["UserId"]));
        return proceed(call);
      }),
    globsOf("rekognition CreateUser"),
  ],
  "race-over-token": [
    () =>
      changedCalls("rekognition CreateUser", async (call, proceed, { rekognition }) => {
        const key = `CreateUser ${call.input["ClientRequestToken"]}`;
        const wasKnown = rekognition.tokens.has(key);
        await pause();
        if (!wasKnown) rekognition.tokens.delete(key);
        return proceed(call);
      }),
    globsOf("rekognition CreateUser"),
  ],
});
