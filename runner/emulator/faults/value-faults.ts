/** Shared hooks of the value faults: accept a breach, refuse a valid value, use a different code, misread a parameter. */
import type { CallMembers, Json } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import type { Fault } from "./fault.ts";

type RefusalHook = NonNullable<Fault["refusal"]>;
type ExtraRefusalHook = NonNullable<Fault["extraRefusal"]>;
type InputHook = NonNullable<Fault["input"]>;
type ValuePredicate = (value: Json) => boolean;

/** The parameter of a refusal, with `[]` in place of an item index. */
const parameterOf = ({ parameter }: EmulatorRefusal): string => parameter.replace(/\[\d+\]$/, "[]");

/** Accepts this breach of the parameter if the value matches the predicate. */
export const acceptBreach =
  (parameter: string, breach: string, predicate: ValuePredicate = () => true): RefusalHook =>
  (refusal) =>
    parameterOf(refusal) === parameter && refusal.breach === breach && predicate(refusal.value ?? null)
      ? undefined
      : refusal;

/** Accepts every breach of the parameter if the value matches the predicate. */
export const acceptAnyBreach =
  (parameter: string, predicate: ValuePredicate): RefusalHook =>
  (refusal) =>
    parameterOf(refusal) === parameter && predicate(refusal.value ?? null) ? undefined : refusal;

/** Skips the checks of state that refuse with one of these codes. */
export const skipStateCheck =
  (...codes: string[]): RefusalHook =>
  (refusal) =>
    refusal.stage === "state" && codes.includes(refusal.code) ? undefined : refusal;

/** Replaces the code in every refusal that has it. */
export const replaceCode =
  (code: string, newCode: string): RefusalHook =>
  (refusal) =>
    refusal.code === code ? { ...refusal, code: newCode } : refusal;

/** Refuses this breach of the parameter with a different code. */
export const refuseWithCode =
  (parameter: string, breach: string, newCode: string): RefusalHook =>
  (refusal) =>
    parameterOf(refusal) === parameter && refusal.breach === breach ? { ...refusal, code: newCode } : refusal;

/** Refuses values of the parameter that match the predicate. */
export const refuseValidValue =
  (name: string, predicate: ValuePredicate, code: string): ExtraRefusalHook =>
  (members) =>
    members[name] !== undefined && predicate(members[name]) ? code : undefined;

/** Refuses a call without the parameter. */
export const requireOptional =
  (name: string, code: string): ExtraRefusalHook =>
  (members) =>
    members[name] === undefined ? code : undefined;

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

/** Executes the action of a refused call if the refusal matches the condition, and refuses it nevertheless. */
export const applyDespiteRefusal =
  (condition: (refusal: EmulatorRefusal) => boolean): RefusalHook =>
  (refusal, context) => {
    const { action, emulator, now, members } = context;
    const service = emulator.serviceStates.get(action?.service.id ?? "");
    if (service && condition(refusal))
      service.serviceEmulation.handlers[action?.name ?? ""]?.(service.state, members, {
        now,
        newId: service.newId,
        refuse: () => undefined,
      });
    return refusal;
  };

export const textMatching =
  (predicate: (text: string) => boolean): ValuePredicate =>
  (value) =>
    typeof value === "string" && predicate(value);

export const listOfLength =
  (length: number): ValuePredicate =>
  (value) =>
    Array.isArray(value) && value.length === length;
