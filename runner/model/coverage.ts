/** What the documents say of an action, element by element, and which cases exercise it. */
import type { ErrorCause, Source } from "./documents.ts";
import type { Status } from "./status.ts";

export type ElementKind = "parameter" | "rule" | "code" | "sample" | "output" | "binding" | "situation";

/** `id` is the rule's own, else `ACTION/KIND/NAME`. */
export interface DocumentedElement {
  readonly id: string;
  readonly action: string;
  readonly kind: ElementKind;
  /** The name: of a parameter, a code, a binding; the number of a sample; where a rule or an output field stands. */
  readonly name: string;
  readonly source: Source;
  /** Of a code: what it comes of. */
  readonly causes?: readonly ErrorCause[];
  /** Why no case can exercise it, where the spec says so. */
  readonly notCoveredReason?: string;
  /** The same in a few words, by which elements are counted: `never sent`. */
  readonly notCoveredCause?: string;
}

export interface ElementCoverage {
  readonly id: string;
  readonly kind: ElementKind;
  /** Planned cases that exercise it; of a code: that expect it. */
  readonly cases: number;
  /** Their verdicts by status; of a code: the verdicts that saw it. */
  readonly verdicts: Readonly<Partial<Record<Status, number>>>;
  /** Of a rule: passed verdicts on a breach of it. Of a code: passed verdicts that saw it. */
  readonly exercised?: number;
  readonly causes?: readonly ErrorCause[];
  /** Why there is no case. */
  readonly notCoveredReason?: string;
  /** The same in a few words, by which elements are counted: `never sent`. Codes are counted by `causes`. */
  readonly notCoveredCause?: string;
}

/** A line of the log: the elements of an action of which at least one case was planned. */
export interface Coverage {
  readonly type: "coverage";
  readonly action: string;
  readonly elements: readonly ElementCoverage[];
}
