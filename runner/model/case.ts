/** A situation, calls before, and one judged call with one deviation or none. */
import type { ErrorCause, Json, Level, Source } from "./documents.ts";
import type { RequestMutation } from "./http.ts";
import type { Action, ResourceState, Sample, Situation } from "./spec.ts";

/** How a value is made when the call is bound; nothing random stands here. */
export type ValueRecipe =
  | { readonly kind: "literal"; readonly value: Json }
  /** A text of exactly `length` units made of `of` characters, the run's token inside where it fits. */
  | { readonly kind: "text"; readonly unit: "chars" | "bytes"; readonly length: number; readonly of: string }
  /** The valid value with `insert` put in. */
  | { readonly kind: "insertCharacter"; readonly insert: string; readonly where: "start" | "inside" | "end" }
  | { readonly kind: "list"; readonly count: number }
  /** The valid list with its first item once more. */
  | { readonly kind: "repeatFirstItem" }
  /** The value that an existing resource of this run has for the same parameter. */
  | { readonly kind: "existingValue" };

/** `item` is the index in a list; absent for the parameter itself. */
export interface MemberPath {
  readonly parameter: string;
  readonly item?: number;
}

export type MemberEdit =
  | { readonly op: "remove"; readonly at: readonly MemberPath[] }
  | { readonly op: "set"; readonly at: MemberPath; readonly value: ValueRecipe }
  /** A member that the action does not declare. */
  | { readonly op: "add"; readonly name: string; readonly value: Json }
  /** The members stay; the request is another. */
  | { readonly op: "request"; readonly mutation: RequestMutation }
  /** Several at once, each of another place: only where two deviations are what a case is about. */
  | { readonly op: "several"; readonly edits: readonly MemberEdit[] };

/** The judged call sent so often at once. One is accepted and the rest get a code of `codes`; where that is null, all are accepted. */
export interface ConcurrencyPlan {
  readonly copies: number;
  readonly codes: readonly string[] | null;
  /** Of the codes. */
  readonly level: Level;
}

export type Expectation =
  | { readonly outcome: "success" }
  | { readonly outcome: "refused"; readonly codes: readonly string[] }
  | { readonly outcome: "any" };

/** The call of a control: what it sends, and the key under which its result serves every case of the same shape. */
export interface ControlCall {
  /** Its id as a case: action, members and binding. */
  readonly key: string;
  readonly members: readonly string[];
  readonly binding: string;
}

/** A situation, calls before, and one judged call with one deviation or none. */
export interface Case {
  readonly id: string;
  readonly family: string;
  /** The part of the id after the family, such as a parameter or `call`; may be empty. */
  readonly place: string;
  /** The part of the id after the place, such as `65-bytes-ascii`. */
  readonly slug: string;
  readonly action: Action;
  readonly binding: string;
  readonly level: Level;
  readonly expect: Expectation;
  /** Id of the rule; null for a valid call. */
  readonly rule: string | null;
  /** Which causes an undocumented choice of code may have without being a `must` finding. */
  readonly acceptableCauses: readonly ErrorCause[];
  readonly title: string;
  readonly rationale?: string;
  readonly source: Source;
  /** The parameters that are sent, before the deviation. */
  readonly members: readonly string[];
  readonly situation: Situation | null;
  /** A resource that is there besides the given ones; a `taken` value comes from it. */
  readonly extraResource: ResourceState | null;
  readonly sample: Sample | null;
  readonly edit: MemberEdit | null;
  readonly control: ControlCall;
  readonly concurrency: ConcurrencyPlan | null;
  /** True where the state is looked at after a refusal, too: the first case of each rule. */
  readonly verifyUnchanged: boolean;
  /** The binding whose outcome this one's must equal. */
  readonly equivalentTo: string | null;
  /** The number of a random mix of deviations, which the seed makes when the case is judged. */
  readonly fuzzIndex: number | null;
}
