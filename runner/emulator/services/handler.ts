/** How a service is emulated: its initial state, and a handler for each action. Also the readers of a call's members. */
import type { CallMembers, Json } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";

export interface HandlerContext {
  /** Milliseconds. */
  readonly now: number;
  /** Returns the next unused id: a base-36 number of twelve characters. */
  readonly newId: () => string;
  /** Undefined where a fault lets the call pass; the handler then does as much of its work as it can. */
  readonly refuse: (code: string, message?: string) => EmulatorRefusal | undefined;
}

/** Undefined is a success with the smallest output that the spec allows. */
export type HandlerResult = CallMembers | EmulatorRefusal | undefined;
export type Handler<S> = (state: S, input: CallMembers, context: HandlerContext) => HandlerResult;

export interface ServiceEmulation<S> {
  /** The id of the service. */
  readonly service: string;
  /** A fresh state: the provided resources and nothing else. */
  readonly initialState: () => S;
  /** By the action's name. */
  readonly handlers: Readonly<Record<string, Handler<S>>>;
  /** The number of resources by kind. */
  readonly counts: (state: S) => Record<string, number>;
}

/** A text member; empty where it is absent, which happens to a required member only under a fault. */
export const text = (input: CallMembers, name: string): string => {
  const value = input[name];
  return typeof value === "string" ? value : "";
};

/** The texts of a list; other items are ignored. */
export const textList = (input: CallMembers, name: string): string[] => {
  const value = input[name];
  return Array.isArray(value) ? value.filter((v) => typeof v === "string") : [];
};

/** The objects of a list; other items are ignored. */
export const objectList = (input: CallMembers, name: string): CallMembers[] => {
  const value = input[name];
  return Array.isArray(value)
    ? value.filter((v): v is CallMembers => v !== null && typeof v === "object" && !Array.isArray(v))
    : [];
};

export const integer = (input: CallMembers, name: string, defaultValue: number): number => {
  const value = input[name];
  return typeof value === "number" ? value : defaultValue;
};

/** The members among `names` that were sent and are not null. */
export const pick = (input: CallMembers, names: readonly string[]): Record<string, Json> =>
  Object.fromEntries(
    names.filter((n) => input[n] !== undefined && input[n] !== null).map((n) => [n, input[n] as Json]),
  );
