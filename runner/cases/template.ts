/** What a family says of one case, before binding and level are worked out → Case. */
import type {
  Action,
  Case,
  ConcurrencyPlan,
  ControlCall,
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
import { controlCall } from "./control.ts";
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
  readonly expressibleAsPairs?: boolean;
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
  template: CaseTemplate,
  action: Action,
  family: string,
  binding: string,
  verifyUnchanged = false,
): Case {
  const { members, control } = callShape(action, binding, template.additionalParameters ?? noParameters);
  const { level, expect, rationale } = expectationOf(template);
  const place = template.place === "" ? template.slug : `${template.place}/${template.slug}`;
  return {
    id: `${action.id}/${family}/${place}@${binding}`,
    family,
    place: template.place,
    slug: template.slug,
    action,
    binding,
    level,
    expect,
    rule: template.rule,
    acceptableCauses: template.acceptableCauses ?? requestCause,
    title: level === "may" ? template.title.replace(/^MUST (?:accept|refuse)/, "MAY accept or refuse") : template.title,
    ...(rationale === undefined ? {} : { rationale }),
    source: template.source,
    members,
    situation: template.situation ?? null,
    extraResource: template.extraResource ?? null,
    sample: template.sample ?? null,
    edit: template.edit ?? null,
    control,
    concurrency: template.concurrency ?? null,
    verifyUnchanged,
    equivalentTo: template.equivalentTo ?? null,
    fuzzIndex: template.fuzzIndex ?? null,
  };
}

const requestCause: readonly ErrorCause[] = ["request"];
const noParameters: readonly string[] = [];

export interface CallShape {
  /** The minimal members and the extra ones, in the page's order. */
  readonly members: readonly string[];
  /** A sample has no extra members: its control is the minimal call. */
  readonly control: ControlCall;
}

const shapes = new WeakMap<Action, Map<string, CallShape>>();

export function callShape(action: Action, binding: string, extra: readonly string[]): CallShape {
  let shapesOfAction = shapes.get(action);
  if (!shapesOfAction) {
    shapesOfAction = new Map();
    shapes.set(action, shapesOfAction);
  }
  const key = extra.length === 0 ? binding : `${binding} ${extra.join(" ")}`;
  let shape = shapesOfAction.get(key);
  if (!shape) {
    const always = minimalParameters(action);
    const members = action.parameters.map((p) => p.name).filter((n) => always.includes(n) || extra.includes(n));
    shape = { members, control: controlCall(action, binding, members) };
    shapesOfAction.set(key, shape);
  }
  return shape;
}

const successExpectation = { level: "must", expect: { outcome: "success" } } as const;

export function expectationOf(template: CaseTemplate): { level: Level; expect: Expectation; rationale?: string } {
  // What it gets is open; that it gets the same is not.
  if (template.equivalentTo !== undefined && template.outcome !== "success")
    return { level: "should", expect: { outcome: "any" } };
  if (template.disputed) return { level: "may", expect: { outcome: "any" }, rationale: template.disputed.description };
  if (template.outcome === "success") return successExpectation;
  const { codes, level, rationale } = template.outcome;
  if (level === "may") return { level, expect: { outcome: "any" }, ...(rationale === undefined ? {} : { rationale }) };
  const all = template.alternativeCodes?.length ? [...new Set([...codes, ...template.alternativeCodes])] : codes;
  return { level, expect: { outcome: "refused", codes: all }, ...(rationale === undefined ? {} : { rationale }) };
}

export const isExpressibleAsPairs = (template: CaseTemplate): boolean =>
  template.expressibleAsPairs ?? (template.edit ? editIsExpressible(template.edit) : true);

function editIsExpressible(edit: MemberEdit): boolean {
  if (edit.op === "several") return edit.edits.every(editIsExpressible);
  if (edit.op !== "set" || edit.value.kind !== "literal") return true;
  return edit.value.value !== null && !Array.isArray(edit.value.value);
}
