/** A case template, which a family makes without regard to binding and level → Case. */
import type {
  Action,
  Case,
  ConcurrencyPlan,
  ControlCall,
  ErrorCause,
  Expectation,
  ExpectedRefusal,
  Level,
  ListPlan,
  MemberEdit,
  MemberPath,
  ResourceState,
  Sample,
  Situation,
  Source,
  SpecConflict,
} from "../model/index.ts";
import type { DisputeOutcome } from "../spec/disputes.ts";
import { memoize } from "../values/memoize.ts";
import { controlCall } from "./control.ts";
import { absentPlaces } from "./places/absent.ts";
import { minimalParameters } from "./sent-parameters.ts";

export interface CaseTemplate {
  /** Segment of the case id: what deviates, such as `GroupId`, `Tags.items`, `call`, `situation`; may be empty. */
  readonly place: string;
  /** Last segment of the case id: how it deviates, such as `65-bytes-ascii`. */
  readonly slug: string;
  /** A sentence that states the requirement, such as "MUST refuse …". */
  readonly title: string;
  /** The expected refusal, or success. */
  readonly outcome: ExpectedRefusal | "success";
  /** Codes of other breaches for which a server may take this one; each of them is accepted as well. */
  readonly alternativeCodes?: readonly string[];
  /** Set where the documents disagree over the value: then every outcome is accepted. */
  readonly disputed?: SpecConflict | undefined;
  /** Id of the rule; null for a valid call. */
  readonly rule: string | null;
  /** `request` where absent. */
  readonly acceptableCauses?: readonly ErrorCause[];
  /** Parameters that are sent in addition to the minimal ones. */
  readonly additionalParameters?: readonly string[];
  readonly situation?: Situation;
  readonly extraResource?: ResourceState;
  readonly listPlan?: ListPlan;
  /** Present where the state after the refusal is verified although the case is not the first of its rule. */
  readonly verifiesUnchanged?: true;
  readonly sample?: Sample;
  readonly edit?: MemberEdit;
  /** False where pairs of name and text cannot express the call; worked out from `edit` where absent. */
  readonly expressibleAsPairs?: boolean;
  /** The only binding over which it is sent; every binding where absent. */
  readonly binding?: string;
  /** Present where depth `standard` sends it over every binding, because each decodes such values by itself. */
  readonly onEveryBinding?: true;
  readonly concurrency?: ConcurrencyPlan;
  readonly equivalentTo?: string;
  readonly fuzzIndex?: number;
  readonly source: Source;
}

/** All cases that deviate in the same manner, such as values around documented limits. */
export interface Family {
  readonly id: string;
  /** What its cases send, as `assay list families` prints it. */
  readonly description: string;
  templates(action: Action): Iterable<CaseTemplate>;
  /** Why an action has no case of the family; called only for such an action. */
  absenceReason(action: Action): string;
}

export function toCase(
  template: CaseTemplate,
  action: Action,
  family: string,
  binding: string,
  verifyUnchanged = false,
  settled: SettledConflicts = new Map(),
): Case {
  const places = absentPlaces(action, template.edit);
  const { members, control } = callShape(action, binding, template.additionalParameters ?? noParameters, places);
  const { level, expect, rationale } = expectationOf(template, settled);
  const place = template.place === "" ? template.slug : `${template.place}/${template.slug}`;
  const planned: Case = {
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
    title: template.title.replace(/^MUST (?:accept|refuse)/, level === "may" ? "MAY accept or refuse" : verbOf(expect)),
    source: template.source,
    members,
    places,
    situation: template.situation ?? null,
    extraResource: template.extraResource ?? null,
    listPlan: template.listPlan ?? null,
    sample: template.sample ?? null,
    edit: template.edit ?? null,
    control,
    concurrency: template.concurrency ?? null,
    verifyUnchanged,
    equivalentTo: template.equivalentTo ?? null,
    fuzzIndex: template.fuzzIndex ?? null,
  };
  // Added last, because a spread between the members takes ten times as long as all of them.
  return rationale === undefined ? planned : { ...planned, rationale };
}

/** By conflict: what the target settles. */
export type SettledConflicts = ReadonlyMap<SpecConflict, DisputeOutcome>;

const verbOf = ({ outcome }: Expectation): string => (outcome === "refused" ? "MUST refuse" : "MUST accept");

const requestCause: readonly ErrorCause[] = ["request"];
const noParameters: readonly string[] = [];

export interface CallShape {
  /** The minimal and the additional parameters, in the order of the document. */
  readonly members: readonly string[];
  /** The control that sends the same members. */
  readonly control: ControlCall;
}

/** Cases come action by action, so the shapes of few actions are enough; those of one take 100 KB. */
const MAX_CACHED_ACTIONS = 8;
const shapesByAction = memoize<Map<string, CallShape>, Action>(MAX_CACHED_ACTIONS);

/** Cached, because hundreds of cases of an action share a few shapes. */
export function callShape(
  action: Action,
  binding: string,
  additional: readonly string[],
  places: readonly MemberPath[],
): CallShape {
  const shapesOfAction = shapesByAction(action, () => new Map());
  const inside = places.length === 0 ? "" : JSON.stringify(places);
  const key = additional.length === 0 ? `${binding}${inside}` : `${binding} ${additional.join(" ")}${inside}`;
  let shape = shapesOfAction.get(key);
  if (!shape) {
    const minimal = minimalParameters(action);
    const members = action.parameters.map((p) => p.name).filter((n) => minimal.includes(n) || additional.includes(n));
    shape = { members, control: controlCall(action, binding, members, places) };
    shapesOfAction.set(key, shape);
  }
  return shape;
}

const successExpectation = { level: "must", expect: { outcome: "success" } } as const;

export function expectationOf(
  template: CaseTemplate,
  settled: SettledConflicts = new Map(),
): { level: Level; expect: Expectation; rationale?: string } {
  // Every outcome is accepted as long as it is the same over both bindings.
  if (template.equivalentTo !== undefined && template.outcome !== "success")
    return { level: "should", expect: { outcome: "any" } };
  const outcome = template.disputed ? settled.get(template.disputed) : template.outcome;
  if (outcome === undefined)
    return { level: "may", expect: { outcome: "any" }, rationale: template.disputed?.description ?? "" };
  if (outcome === "success") return successExpectation;
  const { codes, level, rationale } = outcome;
  if (level === "may") return { level, expect: { outcome: "any" }, ...(rationale === undefined ? {} : { rationale }) };
  const acceptedCodes = template.alternativeCodes?.length
    ? [...new Set([...codes, ...template.alternativeCodes])]
    : codes;
  return {
    level,
    expect: { outcome: "refused", codes: acceptedCodes },
    ...(rationale === undefined ? {} : { rationale }),
  };
}

/** True where a binding that sends pairs of name and text can express the call: not null, and no literal list. */
export const isExpressibleAsPairs = (template: CaseTemplate): boolean =>
  template.expressibleAsPairs ?? (template.edit ? editIsExpressible(template.edit) : true);

function editIsExpressible(edit: MemberEdit): boolean {
  if (edit.op === "several") return edit.edits.every(editIsExpressible);
  if (edit.op !== "set" || edit.value.kind !== "literal") return true;
  return edit.value.value !== null && !Array.isArray(edit.value.value);
}
