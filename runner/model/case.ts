/** A case: a state, preceding calls, and one judged call with one deviation or none. */
import type { ErrorCause, Json, Level, Source } from "./documents.ts";
import type { RequestMutation } from "./http.ts";
import type { ResourceState } from "./resource-state.ts";
import type { Action, Sample, Situation } from "./spec.ts";

/**
 * How many cases are planned. `quick`: over the main binding a valid call, a sample and the first breach of each rule.
 * `standard`: everything over the main binding, and over the others valid calls and the first breach of each rule.
 * `exhaustive`: everything over every binding.
 */
export type Depth = "quick" | "standard" | "exhaustive";

/** How a value is generated when the call is sent. It contains nothing random, so that a plan is the same in every run. */
export type ValueRecipe =
  /** The value itself. */
  | { readonly kind: "literal"; readonly value: Json }
  /** A text of an exact length. It contains a token of the run where that fits. */
  | {
      /** The kind of the recipe. */
      readonly kind: "text";
      /** Unicode code points, or UTF-8 bytes. */
      readonly unit: "chars" | "bytes";
      /** In these units. */
      readonly length: number;
      /** The id of its alphabet, e.g. `ascii` or `han`. */
      readonly of: string;
      /** Begins the text; part of its length. */
      readonly prefix?: string;
    }
  /** A valid value of the parameter. */
  | { readonly kind: "valid" }
  /** The valid value with the character `insert` added. */
  | { readonly kind: "insertCharacter"; readonly insert: string; readonly where: "start" | "inside" | "end" }
  /** A list of `count` valid items. */
  | { readonly kind: "list"; readonly count: number }
  /** The valid list with its first item a second time, or with `member` of the first item in the second one as well. */
  | { readonly kind: "repeatFirstItem"; readonly member?: string }
  /** An object with the required members and these. */
  | { readonly kind: "members"; readonly names: readonly string[] }
  /** A map of `count` valid entries. */
  | { readonly kind: "entries"; readonly count: number }
  /** The value of the same parameter of `Case.extraResource`, or of its container: a resource that exists or existed. */
  | { readonly kind: "existingValue" };

/** From a value to one inside it. */
export type PlaceStep =
  /** Name of a member. */
  | string
  /** Index of an item, from 0. */
  | number
  /** The first entry of a map. */
  | {
      /** Which part of the entry. */
      readonly firstEntry: "key" | "value";
    };

/** Where a member is: a parameter of the call, or a value inside it. */
export interface MemberPath {
  /** Name of the parameter, e.g. `GroupId`. */
  readonly parameter: string;
  /** From the parameter to the value, e.g. `[0, "Key"]`; absent for the parameter itself. */
  readonly steps?: readonly PlaceStep[];
}

/** The deviation of the judged call. */
export type MemberEdit =
  /** Removes parameters, or members inside them. */
  | { readonly op: "remove"; readonly at: readonly MemberPath[] }
  /** Replaces the value at a place, or adds it. */
  | { readonly op: "set"; readonly at: MemberPath; readonly value: ValueRecipe }
  /** Adds a member that the action does not declare. */
  | { readonly op: "add"; readonly name: string; readonly value: Json }
  /** Keeps the members and changes the HTTP request or its signature. */
  | { readonly op: "request"; readonly mutation: RequestMutation }
  /** Several edits of different members, for cases about combined deviations (families `precedence` and `fuzz`). */
  | { readonly op: "several"; readonly edits: readonly MemberEdit[] };

/** The judged call is sent several times concurrently. */
export interface ConcurrencyPlan {
  /** Number of equal calls. */
  readonly copies: number;
  /** Exactly one copy must be accepted and the others refused with one of these codes; null where all must be accepted. */
  readonly codes: readonly string[] | null;
  /** How certain the codes are. */
  readonly level: Level;
  /** Present where the calls have only the value of this parameter in common, of those that are unique. */
  readonly sharedParameter?: string;
}

/** Resources that are created in the list which the judged call returns. */
export interface ListPlan {
  /** Number of resources that are in the list. One more is created and deleted before the call. */
  readonly count: number;
  /** True where all pages are read although the list has entries of others as well. */
  readonly readsAllPages: boolean;
}

/** The outcome that the documents demand of the judged call. */
export type Expectation =
  /** The call is accepted. */
  | { readonly outcome: "success" }
  /** The call is refused with one of these codes, the best one first. */
  | { readonly outcome: "refused"; readonly codes: readonly string[] }
  /** No document decides: every outcome is only observed. */
  | { readonly outcome: "any" };

/** The control: the judged call without its deviation, which must be accepted before a refusal of the case means anything. */
export interface ControlCall {
  /** `ACTION/control/MEMBERS@BINDING`, with `+PLACE` for each of `places` behind MEMBERS. Cases with the same key share one control. */
  readonly key: string;
  /** Names of the parameters that it sends. */
  readonly members: readonly string[];
  /** Optional values inside the parameters that it sends as well. */
  readonly places: readonly MemberPath[];
  /** Id of the binding over which it is sent, e.g. `tc3-post`. */
  readonly binding: string;
}

/** One planned test: a state, preceding calls, and a judged call with one deviation or none. */
export interface Case {
  /** `ACTION/FAMILY/PLACE/SLUG@BINDING`, e.g. `tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post`. */
  readonly id: string;
  /** E.g. `boundary`. */
  readonly family: string;
  /** What deviates, the part of the id after the family: `GroupId`, `Tags.items`, `Tags[].Key`, `call`, `situation`; may be empty. */
  readonly place: string;
  /** How it deviates, the last part of the id, e.g. `65-bytes-ascii`. */
  readonly slug: string;
  /** The action that the judged call calls. */
  readonly action: Action;
  /** Id of the binding over which the call is sent, e.g. `tc3-post`. */
  readonly binding: string;
  /** How certain the expectation is. */
  readonly level: Level;
  /** The outcome that the documents demand. */
  readonly expect: Expectation;
  /** Id of the rule that the case tests; null for a valid call. */
  readonly rule: string | null;
  /** Where `level` is `should`: causes of other documented codes that are only a warning. */
  readonly acceptableCauses: readonly ErrorCause[];
  /** The requirement as a sentence: `MUST refuse …`. */
  readonly title: string;
  /** Why the expectation is inferred or undecided. */
  readonly rationale?: string;
  /** Where the document states the requirement. */
  readonly source: Source;
  /** Names of the parameters that the call sends, before the deviation. */
  readonly members: readonly string[];
  /** Optional values inside these, about which the deviation is: the control sends them, too. */
  readonly places: readonly MemberPath[];
  /** The state that differs from that of `Action.given`; null where it does not. */
  readonly situation: Situation | null;
  /**
   * A resource that exists in addition to those of `given`; the values of `existingValue` come from it, or from its container
   * if the call creates such a container. `deleted`: it was deleted with its container.
   */
  readonly extraResource: ResourceState | null;
  /** The resources that are created in the returned list; null where the case creates none for it. */
  readonly listPlan: ListPlan | null;
  /** The sample of the document that is sent; null for any other case. */
  readonly sample: Sample | null;
  /** The deviation; null for a valid call. */
  readonly edit: MemberEdit | null;
  /** The same call without its deviation. */
  readonly control: ControlCall;
  /** Present where the call is sent several times at once. */
  readonly concurrency: ConcurrencyPlan | null;
  /** True where the state is verified after a refusal, too. The first case of each rule does this, and some that are made for it. */
  readonly verifyUnchanged: boolean;
  /** The binding whose outcome must be equal to that of this case. */
  readonly equivalentTo: string | null;
  /** Number of a fuzz case, from 1. Its deviations are generated from this number and the seed when it is evaluated. */
  readonly fuzzIndex: number | null;
}
