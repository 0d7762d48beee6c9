/** What a family says of one case, before binding and level are worked out → Case. */
import type {
  Action,
  Case,
  Cause,
  Conflict,
  Edit,
  Expectation,
  Level,
  Refusal,
  Sample,
  Situation,
  Source,
  State,
} from "../model.ts";
import { controlKey } from "./control.ts";
import { minimal } from "./members.ts";

export interface Draft {
  readonly place: string;
  readonly slug: string;
  /** A sentence that names the requirement. */
  readonly title: string;
  /** A refusal that is expected, or success. */
  readonly outcome: Refusal | "success";
  /** Codes of other breaches that the value may also be taken for. */
  readonly also?: readonly string[];
  /** Set where the documents disagree over the value: it is open what happens. */
  readonly disputed?: Conflict | undefined;
  readonly rule: string | null;
  readonly fits?: readonly Cause[];
  /** Parameters sent besides the minimal ones. */
  readonly extra?: readonly string[];
  readonly situation?: Situation;
  readonly beside?: State;
  readonly sample?: Sample;
  readonly edit?: Edit;
  /** False where text pairs cannot say it. */
  readonly flat?: boolean;
  readonly source: Source;
}

/** A family of cases: a way of deviating. */
export interface Family {
  readonly id: string;
  /** Finishes the sentence "assay sends …". */
  readonly about: string;
  drafts(action: Action): Iterable<Draft>;
  /** Why an action has no case of the family, from what its spec says. */
  absent(action: Action): string;
}

export function toCase(draft: Draft, action: Action, family: string, binding: string): Case {
  const members = membersOf(action, draft.extra ?? []);
  const { level, expect, why } = expectation(draft);
  const plain = { action, binding, members };
  const place = draft.place === "" ? draft.slug : `${draft.place}/${draft.slug}`;
  return {
    id: `${action.id}/${family}/${place}@${binding}`,
    family,
    ...plain,
    level,
    expect,
    rule: draft.rule,
    fits: draft.fits ?? ["request"],
    title: level === "may" ? draft.title.replace(/^MUST (?:accept|refuse)/, "MAY accept or refuse") : draft.title,
    ...(why === undefined ? {} : { why }),
    source: draft.source,
    situation: draft.situation ?? null,
    beside: draft.beside ?? null,
    sample: draft.sample ?? null,
    edit: draft.edit ?? null,
    control: controlKey(draft.sample ? { ...plain, members: minimal(action) } : plain),
  };
}

/** The minimal ones and the extra ones, in the page's order. */
function membersOf(action: Action, extra: readonly string[]): readonly string[] {
  const always = minimal(action);
  if (extra.length === 0) return always;
  const members: string[] = [];
  for (const { name } of action.parameters) if (always.includes(name) || extra.includes(name)) members.push(name);
  return members;
}

function expectation(draft: Draft): { level: Level; expect: Expectation; why?: string } {
  if (draft.disputed) return { level: "may", expect: { outcome: "any" }, why: draft.disputed.says };
  if (draft.outcome === "success") return { level: "must", expect: { outcome: "success" } };
  const { codes, level, why } = draft.outcome;
  if (level === "may") return { level, expect: { outcome: "any" }, ...(why === undefined ? {} : { why }) };
  const accepted = [...new Set([...codes, ...(draft.also ?? [])])];
  return { level, expect: { outcome: "refused", codes: accepted }, ...(why === undefined ? {} : { why }) };
}
