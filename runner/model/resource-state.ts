/** The state of a resource before a call. */
import type { CallMembers } from "./documents.ts";

/**
 * `existing`: exists before the call. `new`: the call creates it. `another`: a further one that exists. `unknown`: never
 * existed. `deleted`: existed and was deleted.
 */
export type StateKind = "existing" | "new" | "another" | "unknown" | "deleted";

/**
 * How a further resource resembles the one that the call changes. `similar`: its name is the other name and one more
 * character, and its other members are the same. `other-case`: its name has the letters in the other case. `same-id`: it has
 * the same id in another container.
 */
export type Resemblance = "similar" | "other-case" | "same-id";

/** The state of the resource that a parameter names. */
export interface ResourceState {
  /** Whether the resource exists. */
  readonly kind: StateKind;
  /** Name of the resource, e.g. `group`. */
  readonly resource: string;
  /** True where the parameter is a list of ids. */
  readonly isList: boolean;
  /** Number of resources; 1 unless `isList`. */
  readonly count: number;
  /** The member that holds the id, where the items of the list are objects, e.g. `Member_Account`. */
  readonly itemMember?: string;
  /** The resources that contain it: parameters that name them, e.g. `GroupId`, or `another group`. */
  readonly containers: readonly string[];
  /** Members with which the resource must have been created, e.g. `{ Type: "AVChatRoom" }`. */
  readonly createMembers: CallMembers;
  /** Present where the list begins with one more item, of this state. */
  readonly first?: ResourceState;
  /** Present where it resembles the resource that the call changes. */
  readonly resembles?: Resemblance;
  /** Present where it is created with optional members as well. */
  readonly allMembers?: true;
}
