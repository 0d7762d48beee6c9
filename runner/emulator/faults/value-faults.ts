/** Shared hooks of the value faults: accept a breach, refuse a valid value, use a different code, misread a parameter. */
import type { CallMembers, Json } from "../../model/index.ts";
import type { RequestContext } from "../request-context.ts";
import type { Fault } from "./fault.ts";

type RefusalHook = NonNullable<Fault["refusal"]>;
type ExtraRefusalHook = NonNullable<Fault["extraRefusal"]>;
type InputHook = NonNullable<Fault["input"]>;
type ValuePredicate = (value: Json) => boolean;

/** Replaces the code in every refusal that has it. */
export const replaceCode =
  (code: string, newCode: string): RefusalHook =>
  (refusal) =>
    refusal.code === code ? { ...refusal, code: newCode } : refusal;

/** Refuses values of the parameter that match the predicate. */
export const refuseValidValue =
  (name: string, predicate: ValuePredicate, code: string): ExtraRefusalHook =>
  (members) =>
    members[name] !== undefined && predicate(members[name]) ? code : undefined;

/** Converts one parameter before it is checked; undefined removes the parameter. */
export const misreadMember =
  (name: string, convert: (value: Json, context: RequestContext) => Json | undefined): InputHook =>
  (members, context) => {
    const { [name]: value, ...rest } = members;
    const converted = value === undefined ? undefined : convert(value, context);
    return converted === undefined ? rest : { ...members, [name]: converted };
  };

/** Converts every parameter before it is checked. */
export const misreadAll =
  (convert: (value: Json) => Json): InputHook =>
  (members) =>
    Object.fromEntries(Object.entries(members).map(([name, value]) => [name, convert(value)]));

/** Checks the parameters as received, but executes the action with changed ones. */
export const storeModified =
  (change: (members: CallMembers) => CallMembers): NonNullable<Fault["execute"]> =>
  (next, context) => {
    context.members = change(context.members);
    return next();
  };

export const textMatching =
  (predicate: (text: string) => boolean): ValuePredicate =>
  (value) =>
    typeof value === "string" && predicate(value);

export const matching = (pattern: RegExp): ValuePredicate => textMatching((text) => pattern.test(text));
