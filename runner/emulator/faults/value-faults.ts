/** The ways to deviate of which many faults are made: let a breach pass, refuse too much, name another code. */
import type { CallMembers, Json } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import type { Fault } from "./fault.ts";

type Refusal = NonNullable<Fault["refusal"]>;
type Refuses = NonNullable<Fault["extraRefusal"]>;
type Input = NonNullable<Fault["input"]>;
type ValuePredicate = (value: Json) => boolean;

const placeOf = ({ at }: EmulatorRefusal): string => at.replace(/\[\d+\]$/, "[]");

/** Lets a call pass where the refusal is for this breach and the value is of the kind. */
export const acceptBreach =
  (at: string, breach: string, kind: ValuePredicate = () => true): Refusal =>
  (refused) =>
    placeOf(refused) === at && refused.breach === breach && kind(refused.value ?? null) ? undefined : refused;

/** Lets a call pass whatever is wrong with a value of the kind. */
export const acceptAnyBreach =
  (at: string, kind: ValuePredicate): Refusal =>
  (refused) =>
    placeOf(refused) === at && kind(refused.value ?? null) ? undefined : refused;

/** Lets a call pass where the action would refuse it for its state with this code. */
export const skipStateCheck =
  (...codes: string[]): Refusal =>
  (refused) =>
    refused.stage === "state" && codes.includes(refused.code) ? undefined : refused;

/** Refuses with another code than this one. */
export const replaceCode =
  (code: string, other: string): Refusal =>
  (refused) =>
    refused.code === code ? { ...refused, code: other } : refused;

/** Refuses this breach with another code. */
export const refuseWithCode =
  (at: string, breach: string, other: string): Refusal =>
  (refused) =>
    placeOf(refused) === at && refused.breach === breach ? { ...refused, code: other } : refused;

/** Refuses a good value of the kind. */
export const refuseValidValue =
  (name: string, kind: ValuePredicate, code: string): Refuses =>
  (members) =>
    members[name] !== undefined && kind(members[name]) ? code : undefined;

/** Refuses a call that lacks an optional member. */
export const requireOptional =
  (name: string, code: string): Refuses =>
  (members) =>
    members[name] === undefined ? code : undefined;

/** Takes a member for another value than was sent. */
export const misreadMember =
  (name: string, as: (value: Json, context: RequestContext) => Json | undefined): Input =>
  (members, context) => {
    const { [name]: value, ...rest } = members;
    const read = value === undefined ? undefined : as(value, context);
    return read === undefined ? rest : { ...members, [name]: read };
  };

/** Takes every member for another value than was sent. */
export const misreadAll =
  (as: (value: Json) => Json): Input =>
  (members) =>
    Object.fromEntries(Object.entries(members).map(([name, value]) => [name, as(value)]));

/** Looks at the right value, and works with another. */
export const storeModified =
  (change: (members: CallMembers) => CallMembers): NonNullable<Fault["act"]> =>
  (next, context) => {
    context.members = change(context.members);
    return next();
  };

/** Does the work of a call all the same, and gives its refusal. */
export const applyDespiteRefusal =
  (when: (refused: EmulatorRefusal) => boolean): Refusal =>
  (refused, context) => {
    const { action, emulator, now, members } = context;
    const held = emulator.serviceStates.get(action?.service.id ?? "");
    if (held && when(refused))
      held.keeper.handlers[action?.name ?? ""]?.(held.state, members, {
        now,
        newId: held.newId,
        refuse: () => undefined,
      });
    return refused;
  };

export const textMatching =
  (holds: (text: string) => boolean): ValuePredicate =>
  (value) =>
    typeof value === "string" && holds(value);

export const listOfLength =
  (n: number): ValuePredicate =>
  (value) =>
    Array.isArray(value) && value.length === n;
