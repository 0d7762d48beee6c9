/** What a family says of one case, before binding and level are worked out → Case. */
import type {
  Action,
  Case,
  ConcurrencyPlan,
  ErrorCause,
  Expectation,
  ExpectedRefusal,
  Level,
  MemberEdit,
  ResourceState,
  Sample,
  Situation,
  Source,
  SpecConflict,
} from "../model/index.ts";
import { controlId } from "./control.ts";
import { minimalParameters } from "./sent-parameters.ts";

export interface CaseTemplate {
  readonly place: string;
  readonly slug: string;
  /** A sentence that names the requirement. */
  readonly title: string;
  /** A refusal that is expected, or success. */
  readonly outcome: ExpectedRefusal | "success";
  /** Codes of other breaches that the value may also be taken for. */
  readonly alternativeCodes?: readonly string[];
  /** Set where the documents disagree over the value: it is open what happens. */
  readonly disputed?: SpecConflict | undefined;
  readonly rule: string | null;
  readonly acceptableCauses?: readonly ErrorCause[];
  /** Parameters sent besides the minimal ones. */
  readonly additionalParameters?: readonly string[];
  readonly situation?: Situation;
  readonly extraResource?: ResourceState;
  readonly sample?: Sample;
  readonly edit?: MemberEdit;
  /** False where text pairs cannot say it. */
  readonly flat?: boolean;
  /** The only binding that it is about; else each. */
  readonly binding?: string;
  readonly concurrency?: ConcurrencyPlan;
  readonly equivalentTo?: string;
  readonly fuzzIndex?: number;
  readonly source: Source;
}

/** A family of cases: a way of deviating. */
export interface Family {
  readonly id: string;
  /** Finishes the sentence "assay sends …". */
  readonly description: string;
  templates(action: Action): Iterable<CaseTemplate>;
  /** Why an action has no case of the family, from what its spec says. */
  absenceReason(action: Action): string;
}

export function toCase(
  draft: CaseTemplate,
  action: Action,
  family: string,
  binding: string,
  verifyUnchanged = false,
): Case {
  const { members, control } = callShape(action, binding, draft.additionalParameters ?? noParameters);
  const { level, expect, rationale } = expectationOf(draft);
  const place = draft.place === "" ? draft.slug : `${draft.place}/${draft.slug}`;
  return {
    id: `${action.id}/${family}/${place}@${binding}`,
    family,
    action,
    binding,
    level,
    expect,
    rule: draft.rule,
    acceptableCauses: draft.acceptableCauses ?? ofRequest,
    title: level === "may" ? draft.title.replace(/^MUST (?:accept|refuse)/, "MAY accept or refuse") : draft.title,
    ...(rationale === undefined ? {} : { rationale }),
    source: draft.source,
    members,
    situation: draft.situation ?? null,
    extraResource: draft.extraResource ?? null,
    sample: draft.sample ?? null,
    edit: draft.edit ?? null,
    control,
    concurrency: draft.concurrency ?? null,
    verifyUnchanged,
    equivalentTo: draft.equivalentTo ?? null,
    fuzzIndex: draft.fuzzIndex ?? null,
  };
}

const ofRequest: readonly ErrorCause[] = ["request"];
const noParameters: readonly string[] = [];

export interface CallShape {
  /** The minimal members and the extra ones, in the page's order. */
  readonly members: readonly string[];
  /** A sample has no extra members: its control is the minimal call. */
  readonly control: string;
}

const shapes = new WeakMap<Action, Map<string, CallShape>>();

export function callShape(action: Action, binding: string, extra: readonly string[]): CallShape {
  let known = shapes.get(action);
  if (!known) {
    known = new Map();
    shapes.set(action, known);
  }
  const key = extra.length === 0 ? binding : `${binding} ${extra.join(" ")}`;
  let found = known.get(key);
  if (!found) {
    const always = minimalParameters(action);
    const members = action.parameters.map((p) => p.name).filter((n) => always.includes(n) || extra.includes(n));
    found = { members, control: controlId({ action, binding, members }) };
    known.set(key, found);
  }
  return found;
}

const accepted = { level: "must", expect: { outcome: "success" } } as const;

export function expectationOf(draft: CaseTemplate): { level: Level; expect: Expectation; rationale?: string } {
  // What it gets is open; that it gets the same is not.
  if (draft.equivalentTo !== undefined && draft.outcome !== "success")
    return { level: "should", expect: { outcome: "any" } };
  if (draft.disputed) return { level: "may", expect: { outcome: "any" }, rationale: draft.disputed.description };
  if (draft.outcome === "success") return accepted;
  const { codes, level, rationale } = draft.outcome;
  if (level === "may") return { level, expect: { outcome: "any" }, ...(rationale === undefined ? {} : { rationale }) };
  const all = draft.alternativeCodes?.length ? [...new Set([...codes, ...draft.alternativeCodes])] : codes;
  return { level, expect: { outcome: "refused", codes: all }, ...(rationale === undefined ? {} : { rationale }) };
}

export const isExpressibleAsPairs = (draft: CaseTemplate): boolean =>
  draft.flat ?? (draft.edit ? editIsExpressible(draft.edit) : true);

function editIsExpressible(edit: MemberEdit): boolean {
  if (edit.op === "several") return edit.edits.every(editIsExpressible);
  if (edit.op !== "set" || edit.value.kind !== "literal") return true;
  return edit.value.value !== null && !Array.isArray(edit.value.value);
}
