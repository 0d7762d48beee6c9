/** What a family says of one case, before binding and level are worked out → Case. */
import type {
  Action,
  Case,
  Cause,
  Conflict,
  Edit,
  Expectation,
  Level,
  Race,
  Refusal,
  Sample,
  Situation,
  Source,
  State,
} from "../model/index.ts";
import { controlId } from "./control.ts";
import { minimalParameters } from "./sent-parameters.ts";

export interface CaseTemplate {
  readonly place: string;
  readonly slug: string;
  /** A sentence that names the requirement. */
  readonly title: string;
  /** A refusal that is expected, or success. */
  readonly outcome: Refusal | "success";
  /** Codes of other breaches that the value may also be taken for. */
  readonly alternativeCodes?: readonly string[];
  /** Set where the documents disagree over the value: it is open what happens. */
  readonly disputed?: Conflict | undefined;
  readonly rule: string | null;
  readonly acceptableCauses?: readonly Cause[];
  /** Parameters sent besides the minimal ones. */
  readonly additionalParameters?: readonly string[];
  readonly situation?: Situation;
  readonly beside?: State;
  readonly sample?: Sample;
  readonly edit?: Edit;
  /** False where text pairs cannot say it. */
  readonly flat?: boolean;
  /** The only binding that it is about; else each. */
  readonly binding?: string;
  readonly race?: Race;
  readonly likewise?: string;
  readonly mix?: number;
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

export function toCase(draft: CaseTemplate, action: Action, family: string, binding: string, proves = false): Case {
  const { members, control } = callShape(action, binding, draft.additionalParameters ?? noParameters);
  const { level, expect, why } = expectationOf(draft);
  const place = draft.place === "" ? draft.slug : `${draft.place}/${draft.slug}`;
  return {
    id: `${action.id}/${family}/${place}@${binding}`,
    family,
    action,
    binding,
    level,
    expect,
    rule: draft.rule,
    fits: draft.acceptableCauses ?? ofRequest,
    title: level === "may" ? draft.title.replace(/^MUST (?:accept|refuse)/, "MAY accept or refuse") : draft.title,
    ...(why === undefined ? {} : { why }),
    source: draft.source,
    members,
    situation: draft.situation ?? null,
    beside: draft.beside ?? null,
    sample: draft.sample ?? null,
    edit: draft.edit ?? null,
    control,
    race: draft.race ?? null,
    proves,
    likewise: draft.likewise ?? null,
    mix: draft.mix ?? null,
  };
}

const ofRequest: readonly Cause[] = ["request"];
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

export function expectationOf(draft: CaseTemplate): { level: Level; expect: Expectation; why?: string } {
  // What it gets is open; that it gets the same is not.
  if (draft.likewise !== undefined && draft.outcome !== "success")
    return { level: "should", expect: { outcome: "any" } };
  if (draft.disputed) return { level: "may", expect: { outcome: "any" }, why: draft.disputed.says };
  if (draft.outcome === "success") return accepted;
  const { codes, level, why } = draft.outcome;
  if (level === "may") return { level, expect: { outcome: "any" }, ...(why === undefined ? {} : { why }) };
  const all = draft.alternativeCodes?.length ? [...new Set([...codes, ...draft.alternativeCodes])] : codes;
  return { level, expect: { outcome: "refused", codes: all }, ...(why === undefined ? {} : { why }) };
}
