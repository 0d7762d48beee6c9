/** The documented elements of an action, and which cases exercise them. */
import type { ErrorCause, Source } from "./documents.ts";
import type { Status } from "./status.ts";

/** What a documented element is. */
export type ElementKind = "parameter" | "rule" | "code" | "sample" | "output" | "binding" | "situation";

/** One documented element of an action, which cases may exercise. */
export interface DocumentedElement {
  /** The id of the rule; for any other element `ACTION/KIND/NAME`, e.g. `tencent/iai/CreateGroup/parameter/GroupId`. */
  readonly id: string;
  /** Id of the action. */
  readonly action: string;
  /** What the element is. */
  readonly kind: ElementKind;
  /** Name of the parameter, code, binding or situation; number of the sample; path of the rule or output field. */
  readonly name: string;
  /** Where the document has it. */
  readonly source: Source;
  /** Causes of a code. */
  readonly causes?: readonly ErrorCause[];
  /** Why no case can exercise it, where the spec states a reason. */
  readonly notCoveredReason?: string;
  /** A short form of the reason by which elements are counted, e.g. `never sent`. */
  readonly notCoveredCause?: string;
}

/** How often the cases of a run exercised a documented element. */
export interface ElementCoverage {
  /** As `DocumentedElement.id`. */
  readonly id: string;
  /** What the element is. */
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
  /** Distinguishes the lines of the log. */
  readonly type: "coverage";
  /** Id of the action. */
  readonly action: string;
  /** All elements of the action: rules, parameters, codes, samples, outputs, bindings, situations. */
  readonly elements: readonly ElementCoverage[];
}
