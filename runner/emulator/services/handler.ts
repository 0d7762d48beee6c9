/** How a service keeps its state: what a fresh one holds, and a handler for each action. */
import type { CallMembers, Json } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";

export interface HandlerContext {
  /** Milliseconds. */
  readonly now: number;
  /** Twelve characters, another each time. */
  readonly newId: () => string;
  /** Undefined where a fault lets the call pass; the handler then goes on as well as it can. */
  readonly refuse: (code: string, says?: string) => EmulatorRefusal | undefined;
}

/** Undefined is a success with the least output that the spec allows. */
export type HandlerResult = CallMembers | EmulatorRefusal | undefined;
export type Handler<S> = (state: S, input: CallMembers, scene: HandlerContext) => HandlerResult;

export interface ServiceEmulation<S> {
  /** The id of the service. */
  readonly service: string;
  /** A fresh state: the given resources and nothing else. */
  readonly initialState: () => S;
  readonly handlers: Readonly<Record<string, Handler<S>>>;
  readonly counts: (state: S) => Record<string, number>;
}

/** A text member; empty where it is not there, which only a fault lets happen. */
export const text = (input: CallMembers, name: string): string => {
  const value = input[name];
  return typeof value === "string" ? value : "";
};

export const textList = (input: CallMembers, name: string): string[] => {
  const value = input[name];
  return Array.isArray(value) ? value.filter((v) => typeof v === "string") : [];
};

/** Objects of a list; anything else in it is left out. */
export const objectList = (input: CallMembers, name: string): CallMembers[] => {
  const value = input[name];
  return Array.isArray(value)
    ? value.filter((v): v is CallMembers => v !== null && typeof v === "object" && !Array.isArray(v))
    : [];
};

export const integer = (input: CallMembers, name: string, otherwise: number): number => {
  const value = input[name];
  return typeof value === "number" ? value : otherwise;
};

/** The members among `names` that were sent. */
export const pick = (input: CallMembers, names: readonly string[]): Record<string, Json> =>
  Object.fromEntries(
    names.filter((n) => input[n] !== undefined && input[n] !== null).map((n) => [n, input[n] as Json]),
  );
