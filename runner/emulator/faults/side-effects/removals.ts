/** Faults in what else a call does: to resources that it does not name, despite a refusal, on a part of a list, or once more. */
import type { CallMembers } from "../../../model/index.ts";
import { isRefused } from "../../refusal.ts";
import type { RequestContext } from "../../request-context.ts";
import { type HandlerResult, text } from "../../services/handler.ts";
import type { IaiState } from "../../services/iai.ts";
import type { Zone, Zones } from "../../services/identity-center.ts";
import type { ImState } from "../../services/im.ts";
import type { RekognitionState } from "../../services/rekognition.ts";
import type { Fault } from "../fault.ts";

type ExecuteHook = NonNullable<Fault["execute"]>;

const stateOf = ({ emulator, action }: RequestContext): unknown =>
  emulator.serviceStates.get(action?.service.id ?? "")?.state;
const iai = (context: RequestContext) => stateOf(context) as IaiState;
const zoneOf = (context: RequestContext): Zone | undefined =>
  (stateOf(context) as Zones).get(text(context.members, "ZoneId"));
const im = (context: RequestContext) => stateOf(context) as ImState;
const rekognition = (context: RequestContext) => stateOf(context) as RekognitionState;

/** Runs the action of the request, or another one of its service, with other members; refusals let it pass. */
function runHandler(context: RequestContext, members: CallMembers, name = context.action?.name ?? ""): HandlerResult {
  const service = context.emulator.serviceStates.get(context.action?.service.id ?? "");
  const { now } = context;
  return service?.serviceEmulation.handlers[name]?.(service.state, members, {
    now,
    newId: service.newId,
    refuse: () => undefined,
  });
}

/** An action that removes something, and what it could take for what it is to remove. */
interface Removal {
  readonly action: string;
  /** The parameter that names what is removed. */
  readonly parameter: string;
  /** By id: the name of everything of this kind that is in the same container. */
  readonly names: (context: RequestContext) => ReadonlyMap<string, string>;
  /** The members that name all containers of the id, where it may be in several. */
  readonly elsewhere?: (context: RequestContext, id: string) => CallMembers[];
}

const sameName = (ids: Iterable<string>) => new Map([...ids].map((id) => [id, id]));
const namesIn = (entries: Iterable<readonly [string, { readonly info: CallMembers }]>, member: string) =>
  new Map([...entries].map(([id, { info }]) => [id, text(info, member)]));

const removals: readonly Removal[] = [
  { action: "tencent/iai/DeleteGroup", parameter: "GroupId", names: (c) => sameName(iai(c).groups.keys()) },
  { action: "tencent/iai/DeletePerson", parameter: "PersonId", names: (c) => sameName(iai(c).persons.keys()) },
  {
    action: "tencent/iai/DeletePersonFromGroup",
    parameter: "PersonId",
    names: (c) => sameName(iai(c).groups.get(text(c.members, "GroupId"))?.persons.keys() ?? []),
  },
  {
    action: "tencent/organization/DeleteGroup",
    parameter: "GroupId",
    names: (c) => namesIn(zoneOf(c)?.groups ?? [], "GroupName"),
  },
  {
    action: "tencent/organization/DeleteUser",
    parameter: "UserId",
    names: (c) => namesIn(zoneOf(c)?.users ?? [], "UserName"),
  },
  {
    action: "tencent/organization/RemoveUserFromGroup",
    parameter: "UserId",
    names: (c) => namesIn(zoneOf(c)?.users ?? [], "UserName"),
    elsewhere: (c) => [...(zoneOf(c)?.groups.keys() ?? [])].map((GroupId) => ({ GroupId })),
  },
  { action: "tencent/im/destroy_group", parameter: "GroupId", names: (c) => sameName(im(c).groups.keys()) },
  {
    action: "tencent/im/delete_group_member",
    parameter: "MemberToDel_Account",
    names: (c) => sameName(im(c).groups.get(text(c.members, "GroupId"))?.members.keys() ?? []),
    elsewhere: (c) => [...im(c).groups.keys()].map((GroupId) => ({ GroupId })),
  },
  {
    action: "aws/rekognition/DeleteCollection",
    parameter: "CollectionId",
    names: (c) => sameName(rekognition(c).collections.keys()),
  },
  {
    action: "aws/rekognition/DeleteUser",
    parameter: "UserId",
    names: (c) => sameName(rekognition(c).collections.get(text(c.members, "CollectionId"))?.users.keys() ?? []),
    elsewhere: (c) => [...rekognition(c).collections.keys()].map((CollectionId) => ({ CollectionId })),
  },
];

/** Removes also everything whose name the condition takes for the name of what is removed. */
const removingAlso =
  ({ parameter, names, elsewhere }: Removal, isTaken: (name: string, removed: string) => boolean): ExecuteHook =>
  (next, context) => {
    const before = names(context);
    const sent = [context.members[parameter] ?? ""].flat().map(String);
    const result = next();
    const isList = Array.isArray(context.members[parameter]);
    const remove = (id: string, members: CallMembers) =>
      runHandler(context, { ...context.members, ...members, [parameter]: isList ? [id] : id });
    if (isRefused(result)) return result;
    for (const removed of sent) {
      const others = [...before].filter(
        ([id, name]) => id !== removed && isTaken(name, before.get(removed) ?? removed),
      );
      for (const [id] of others) remove(id, {});
      if (isTaken === everywhere) for (const members of elsewhere?.(context, removed) ?? []) remove(removed, members);
    }
    return result;
  };

/** Takes no other name, but the same id in all containers. */
const everywhere = () => false;
const isLonger = (name: string, removed: string) => removed !== "" && name.startsWith(removed);
const isInOtherCase = (name: string, removed: string) => name.toLowerCase() === removed.toLowerCase();

/** The parameter that an unknown id in a refused call is about: then the call removes everything else of its kind. */
const removingDespiteRefusal =
  ({ parameter, names }: Removal): NonNullable<Fault["refusal"]> =>
  (refusal, context) => {
    const named = names(context);
    if (refusal.stage === "state" && !named.has(text(context.members, parameter)))
      for (const id of named.keys()) runHandler(context, { ...context.members, [parameter]: id });
    return refusal;
  };

const bystander = { family: "valid", detects: "check:bystander" } as const;

const neighbourFaults: readonly Fault[] = removals.flatMap((removal): Fault[] => {
  const { action, parameter, elsewhere } = removal;
  const isListed = parameter === "MemberToDel_Account";
  return [
    {
      ...bystander,
      id: `${action}:removes-longer-names`,
      description: "Removes also whatever has a name that begins with the given one.",
      action,
      execute: removingAlso(removal, isLonger),
    },
    ...(isListed
      ? []
      : [
          {
            ...bystander,
            id: `${action}:removes-other-case`,
            description: "Removes also whatever has the given name in other letter case.",
            action,
            execute: removingAlso(removal, isInOtherCase),
          },
          {
            id: `${action}:removes-others-unknown`,
            description: "Refuses an id that does not exist, but removes everything else of its kind.",
            action,
            family: "missing-member",
            detects: "check:unchanged",
            refusal: removingDespiteRefusal(removal),
          },
        ]),
    ...(elsewhere
      ? [
          {
            ...bystander,
            id: `${action}:removes-everywhere`,
            description: "Removes the id from all containers.",
            action,
            execute: removingAlso(removal, everywhere),
          },
        ]
      : []),
  ];
});

const leavingGroups: Fault = {
  id: "tencent/organization/DeleteUser:leaves-groups-despite-refusal",
  description: "Refuses to delete a user who is in a group, but removes the user from all groups.",
  action: "tencent/organization/DeleteUser",
  family: "situation",
  detects: "check:unchanged",
  refusal: (refusal, context) => {
    if (refusal.stage === "state")
      for (const { members } of zoneOf(context)?.groups.values() ?? []) members.delete(text(context.members, "UserId"));
    return refusal;
  },
};

/** The contents of a container, by the action that deletes it and the one that creates it. */
interface Container {
  readonly create: string;
  readonly delete?: string;
  readonly parameter: string;
  readonly contents: (context: RequestContext, id: string) => Map<string, unknown> | undefined;
  /** Members by which a refused create call finds the existing container, where the id is not sent. */
  readonly find?: (context: RequestContext) => string | undefined;
}

const containers: readonly Container[] = [
  {
    create: "tencent/iai/CreateGroup",
    delete: "DeleteGroup",
    parameter: "GroupId",
    contents: (c, id) => iai(c).groups.get(id)?.persons,
  },
  {
    create: "tencent/organization/CreateGroup",
    parameter: "GroupName",
    contents: (c, id) => zoneOf(c)?.groups.get(id)?.members,
    find: (c) =>
      [...(zoneOf(c)?.groups.values() ?? [])].find(({ info }) => info["GroupName"] === c.members["GroupName"])?.id,
  },
  {
    create: "tencent/im/create_group",
    delete: "destroy_group",
    parameter: "GroupId",
    contents: (c, id) => im(c).groups.get(id)?.members,
  },
  {
    create: "aws/rekognition/CreateCollection",
    delete: "DeleteCollection",
    parameter: "CollectionId",
    contents: (c, id) => rekognition(c).collections.get(id)?.users,
  },
];

const containerFaults: readonly Fault[] = containers.flatMap(
  ({ create, delete: deleteAction, parameter, contents, find }): Fault[] => {
    const idOf = (context: RequestContext) => find?.(context) ?? text(context.members, parameter);
    const kept = new WeakMap<object, Map<string, [string, unknown][]>>();
    const keptBy = ({ emulator }: RequestContext) => {
      const all = kept.get(emulator) ?? new Map<string, [string, unknown][]>();
      kept.set(emulator, all);
      return all;
    };
    return [
      {
        id: `${create}:empties-existing`,
        description: "Refuses to create what exists already, but empties it.",
        action: create,
        family: "duplicate",
        detects: "check:unchanged",
        refusal: (refusal, context) => {
          if (refusal.stage === "state") contents(context, idOf(context))?.clear();
          return refusal;
        },
      },
      ...(deleteAction === undefined
        ? []
        : [
            {
              id: `${create}:keeps-earlier-contents`,
              description: "Creates anew with the contents that were deleted with an earlier one of the same id.",
              action: create.slice(0, create.lastIndexOf("/")),
              family: "valid",
              detects: "check:contents",
              execute: (next: () => HandlerResult, context: RequestContext) => {
                const { action } = context;
                const before = [...(contents(context, idOf(context)) ?? [])];
                const result = next();
                if (isRefused(result)) return result;
                if (action?.name === deleteAction) keptBy(context).set(idOf(context), before);
                if (action?.id === create)
                  for (const [id, value] of keptBy(context).get(idOf(context)) ?? [])
                    restore(context, id, value, contents);
                return result;
              },
            },
          ]),
    ];
  },
);

function restore(context: RequestContext, id: string, value: unknown, contents: Container["contents"]): void {
  const container = text(context.members, context.action?.name === "CreateCollection" ? "CollectionId" : "GroupId");
  contents(context, container)?.set(id, value);
  if (context.action?.service.id !== "tencent/iai") return;
  const { persons } = iai(context);
  const person = persons.get(id) ?? { id, info: { PersonId: id }, faceIds: [], groups: new Set<string>() };
  person.groups.add(container);
  persons.set(id, person);
}

/** Executes the action, then changes the state further unless it was refused. */
const andThen =
  (sideEffect: (context: RequestContext) => void): ExecuteHook =>
  (next, context) => {
    const result = next();
    if (!isRefused(result)) sideEffect(context);
    return result;
  };

const otherFaults: readonly Fault[] = [
  {
    ...bystander,
    id: "removed-user-is-deleted",
    description: "Deletes the user that is removed from a group.",
    action: "tencent/organization/RemoveUserFromGroup",
    execute: andThen((context) => void zoneOf(context)?.users.delete(text(context.members, "UserId"))),
  },
  {
    id: "removed-person-is-in-no-group",
    description: "Removes a person from all groups and keeps the person.",
    action: "tencent/iai/DeletePersonFromGroup",
    family: "situation",
    detects: "check:bystander",
    execute: andThen((context) => {
      const id = text(context.members, "PersonId");
      for (const group of iai(context).groups.values()) group.persons.delete(id);
    }),
  },
  {
    ...bystander,
    id: "groups-of-the-tag-are-deleted",
    description: "Deletes all groups that have the tag of the deleted one.",
    action: "tencent/iai/DeleteGroup",
    execute: (next, context) => {
      const tag = iai(context).groups.get(text(context.members, "GroupId"))?.info["Tag"];
      const result = next();
      if (tag === undefined || tag === "") return result;
      for (const [GroupId, { info }] of iai(context).groups) if (info["Tag"] === tag) runHandler(context, { GroupId });
      return result;
    },
  },
  {
    id: "deleted-group-leaves-persons",
    description: "Keeps the persons of a deleted group.",
    action: "tencent/iai/DeleteGroup",
    family: "valid",
    detects: "check:contents",
    execute: (next, context) => {
      const persons = [...iai(context).persons];
      const result = next();
      for (const [id, person] of persons) iai(context).persons.set(id, person);
      return result;
    },
  },
  {
    ...bystander,
    id: "deleted-group-takes-all-persons",
    description: "Deletes the persons of a deleted group also where they are in another group.",
    action: "tencent/iai/DeleteGroup",
    execute: (next, context) => {
      const ids = [...(iai(context).groups.get(text(context.members, "GroupId"))?.persons.keys() ?? [])];
      const result = next();
      for (const PersonId of ids) runHandler(context, { PersonId }, "DeletePerson");
      return result;
    },
  },
  {
    id: "existing-group-is-overwritten",
    description: "Refuses a GroupId that exists, but stores the new members.",
    action: "tencent/iai/CreateGroup",
    family: "duplicate",
    detects: "check:unchanged",
    refusal: (refusal, context) => {
      const group = iai(context).groups.get(text(context.members, "GroupId"));
      if (refusal.code.endsWith("GroupIdAlreadyExist") && group)
        Object.assign(group.info, { Tag: "", GroupExDescriptions: [], GroupName: context.members["GroupName"] });
      return refusal;
    },
  },
];

export const removalFaults: readonly Fault[] = [...neighbourFaults, leavingGroups, ...containerFaults, ...otherFaults];
