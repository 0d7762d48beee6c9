/** The documented elements of an action, and which cases exercise them. */
import type { ErrorCause, Source } from "./documents.ts";
import type { Status } from "./status.ts";

export type ElementKind = "parameter" | "rule" | "code" | "sample" | "output" | "binding" | "situation";

export interface DocumentedElement {
  /** The id of the rule; for any other element `ACTION/KIND/NAME`, e.g. `tencent/iai/CreateGroup/parameter/GroupId`. */
  readonly id: string;
  readonly action: string;
  readonly kind: ElementKind;
  /** Name of the parameter, code, binding or situation; number of the sample; path of the rule or output field. */
  readonly name: string;
  readonly source: Source;
  /** Causes of a code. */
  readonly causes?: readonly ErrorCause[];
  /** Why no case can exercise it, where the spec states a reason. */
  readonly notCoveredReason?: string;
  /** A short form of the reason by which elements are counted, e.g. `never sent`. */
  readonly notCoveredCause?: string;
}

export interface ElementCoverage {
  readonly id: string;
  readonly kind: ElementKind;
  /** Planned cases that exercise the element; for a code, those that expect it. */
  readonly cases: number;
  /** Their verdicts by status; for a code, the verdicts on responses with it. */
  readonly verdicts: Readonly<Partial<Record<Status, number>>>;
  /** For a rule, passed verdicts on breaches of it; for a code, passed verdicts on responses with it. */
  readonly exercised?: number;
  /** Causes of a code. */
  readonly causes?: readonly ErrorCause[];
  /** Why no case exercises the element. */
  readonly notCoveredReason?: string;
  /** A short form of the reason by which elements are counted, e.g. `never sent`. Codes are counted by `causes`. */
  readonly notCoveredCause?: string;
}

/** A line of the log: the elements of an action that has at least one planned case. */
export interface Coverage {
  readonly type: "coverage";
  /** Id of the action. */
  readonly action: string;
  readonly elements: readonly ElementCoverage[];
}
