/** The ways to deviate of which many faults are made: let a breach pass, refuse too much, name another code. */
import type { Json, Members } from "../../model/index.ts";
import type { Refused } from "../refusal.ts";
import type { Context } from "../request-context.ts";
import type { Fault } from "./fault.ts";

type Refusal = NonNullable<Fault["refusal"]>;
type Refuses = NonNullable<Fault["refuses"]>;
type Input = NonNullable<Fault["input"]>;
type Kind = (value: Json) => boolean;

const placeOf = ({ at }: Refused): string => at.replace(/\[\d+\]$/, "[]");

/** Lets a call pass where the refusal is for this breach and the value is of the kind. */
export const passes =
  (at: string, breach: string, kind: Kind = () => true): Refusal =>
  (refused) =>
    placeOf(refused) === at && refused.breach === breach && kind(refused.value ?? null) ? undefined : refused;

/** Lets a call pass whatever is wrong with a value of the kind. */
export const passesAll =
  (at: string, kind: Kind): Refusal =>
  (refused) =>
    placeOf(refused) === at && kind(refused.value ?? null) ? undefined : refused;

/** Lets a call pass where the action would refuse it for its state with this code. */
export const forgets =
  (...codes: string[]): Refusal =>
  (refused) =>
    refused.stage === "state" && codes.includes(refused.code) ? undefined : refused;

/** Refuses with another code than this one. */
export const instead =
  (code: string, other: string): Refusal =>
  (refused) =>
    refused.code === code ? { ...refused, code: other } : refused;

/** Refuses this breach with another code. */
export const told =
  (at: string, breach: string, other: string): Refusal =>
  (refused) =>
    placeOf(refused) === at && refused.breach === breach ? { ...refused, code: other } : refused;

/** Refuses a good value of the kind. */
export const dislikes =
  (name: string, kind: Kind, code: string): Refuses =>
  (members) =>
    members[name] !== undefined && kind(members[name]) ? code : undefined;

/** Refuses a call that lacks an optional member. */
export const demands =
  (name: string, code: string): Refuses =>
  (members) =>
    members[name] === undefined ? code : undefined;

/** Takes a member for another value than was sent. */
export const reads =
  (name: string, as: (value: Json, context: Context) => Json | undefined): Input =>
  (members, context) => {
    const { [name]: value, ...rest } = members;
    const read = value === undefined ? undefined : as(value, context);
    return read === undefined ? rest : { ...members, [name]: read };
  };

/** Takes every member for another value than was sent. */
export const readsAll =
  (as: (value: Json) => Json): Input =>
  (members) =>
    Object.fromEntries(Object.entries(members).map(([name, value]) => [name, as(value)]));

/** Looks at the right value, and works with another. */
export const keeps =
  (change: (members: Members) => Members): NonNullable<Fault["act"]> =>
  (next, context) => {
    context.members = change(context.members);
    return next();
  };

/** Does the work of a call all the same, and gives its refusal. */
export const anyway =
  (when: (refused: Refused) => boolean): Refusal =>
  (refused, context) => {
    const { action, world, now, members } = context;
    const held = world.held.get(action?.service.id ?? "");
    if (held && when(refused))
      held.keeper.handlers[action?.name ?? ""]?.(held.state, members, {
        now,
        newId: held.newId,
        refuse: () => undefined,
      });
    return refused;
  };

export const isText =
  (holds: (text: string) => boolean): Kind =>
  (value) =>
    typeof value === "string" && holds(value);

export const isList =
  (n: number): Kind =>
  (value) =>
    Array.isArray(value) && value.length === n;
