/** A case: a state, preceding calls, and one judged call with one deviation or none. */
import type { ErrorCause, Json, Level, Source } from "./documents.ts";
import type { RequestMutation } from "./http.ts";
import type { Action, ResourceState, Sample, Situation } from "./spec.ts";

/**
 * How many cases are planned. `quick`: over the main binding a valid call, a sample and the first breach of each rule.
 * `standard`: everything over the main binding, and over the others valid calls and the first breach of each rule.
 * `exhaustive`: everything over every binding.
 */
export type Depth = "quick" | "standard" | "exhaustive";

/** How a value is generated when the call is sent. It contains nothing random, so that a plan is the same in every run. */
export type ValueRecipe =
  | { readonly kind: "literal"; readonly value: Json }
  /**
   * A text of exactly `length` characters or UTF-8 bytes. `of`: the id of its alphabet, e.g. `ascii` or `han`. It contains
   * a token of the run where that fits.
   */
  | { readonly kind: "text"; readonly unit: "chars" | "bytes"; readonly length: number; readonly of: string }
  /** The valid value with the character `insert` added. */
  | { readonly kind: "insertCharacter"; readonly insert: string; readonly where: "start" | "inside" | "end" }
  /** A list of `count` valid items. */
  | { readonly kind: "list"; readonly count: number }
  /** The valid list with its first item a second time. */
  | { readonly kind: "repeatFirstItem" }
  /** The value of the same parameter of `Case.extraResource`, a resource that already exists. */
  | { readonly kind: "existingValue" };

export interface MemberPath {
  /** Name of the parameter, e.g. `GroupId`. */
  readonly parameter: string;
  /** Index of a list item, from 0; absent for the parameter itself. */
  readonly item?: number;
}

/** The deviation of the judged call. */
export type MemberEdit =
  | { readonly op: "remove"; readonly at: readonly MemberPath[] }
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
}

export type Expectation =
  | { readonly outcome: "success" }
  | { readonly outcome: "refused"; readonly codes: readonly string[] }
  /** No document decides: every outcome is only observed. */
  | { readonly outcome: "any" };

/** The control: the judged call without its deviation, which must be accepted before a refusal of the case means anything. */
export interface ControlCall {
  /** `ACTION/control/MEMBERS@BINDING`. Cases with the same key share one control. */
  readonly key: string;
  readonly members: readonly string[];
  readonly binding: string;
}

export interface Case {
  /** `ACTION/FAMILY/PLACE/SLUG@BINDING`, e.g. `tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post`. */
  readonly id: string;
  /** E.g. `boundary`. */
  readonly family: string;
  /** What deviates, the part of the id after the family: `GroupId`, `Tags.items`, `call`, `situation`; may be empty. */
  readonly place: string;
  /** How it deviates, the last part of the id, e.g. `65-bytes-ascii`. */
  readonly slug: string;
  readonly action: Action;
  readonly binding: string;
  readonly level: Level;
  readonly expect: Expectation;
  /** Id of the rule that the case tests; null for a valid call. */
  readonly rule: string | null;
  /** Where `level` is `should`: causes of other documented codes that are only a warning. */
  readonly acceptableCauses: readonly ErrorCause[];
  /** The requirement as a sentence: `MUST refuse …`. */
  readonly title: string;
  /** Why the expectation is inferred or undecided. */
  readonly rationale?: string;
  readonly source: Source;
  /** Names of the parameters that the call sends, before the deviation. */
  readonly members: readonly string[];
  readonly situation: Situation | null;
  /** A resource that exists in addition to those of `given`; the values of `existingValue` come from it. */
  readonly extraResource: ResourceState | null;
  readonly sample: Sample | null;
  readonly edit: MemberEdit | null;
  readonly control: ControlCall;
  readonly concurrency: ConcurrencyPlan | null;
  /** True where the state is verified after a refusal, too. The first case of each rule does this. */
  readonly verifyUnchanged: boolean;
  /** The binding whose outcome must be equal to that of this case. */
  readonly equivalentTo: string | null;
  /** Number of a fuzz case, from 1. Its deviations are generated from this number and the seed when it is evaluated. */
  readonly fuzzIndex: number | null;
}
