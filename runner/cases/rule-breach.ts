/** A rule over several parameters → a call that keeps all rules, and the change with which it breaks that one and no other. */
import type { Action, CallMembers, CrossParameterRule, MemberEdit } from "../model/index.ts";
import { completions, keepsRules } from "../values/keeps-rules.ts";
import { sampleValues } from "./sample-values.ts";
import { isSendable, minimalParameters } from "./sent-parameters.ts";

export interface RuleBreach {
  /** Last segment of the case id: `absent` where all members that the rule names are removed, else what is removed or added. */
  readonly slug: string;
  readonly additionalParameters: readonly string[];
  readonly edit: MemberEdit;
}

/** Undefined where no presence or absence of members breaks the rule alone, as of one that compares their values. */
export function ruleBreach(action: Action, rule: CrossParameterRule): RuleBreach | undefined {
  const values = sampleValues(action);
  const minimal = minimalParameters(action);
  const mentioned = action.parameters.filter((p) => mentions(rule.schema, p.name)).map(({ name }) => name);
  const optional = action.parameters.filter((p) => isSendable(p) && !minimal.includes(p.name)).map(({ name }) => name);
  // Those that the rule names come first.
  const candidates = [...new Set([...mentioned.filter((n) => optional.includes(n)), ...optional])];
  for (const additionalParameters of completions(candidates)) {
    const sent = [...minimal, ...additionalParameters];
    if (!keepsRules(action, pick(values, sent))) continue;
    const breaks = (names: readonly string[]): boolean => {
      const members = pick(values, names);
      return keepsRules(action, members, rule.name) && !keepsRules(action, members);
    };
    const present = mentioned.filter((name) => sent.includes(name) && mayBeAbsent(action, name));
    const removals: [slug: string, names: readonly string[]][] = [
      ["absent", present.length > 0 ? mentioned : []],
      ...present.map((name): [string, string[]] => [`without-${name}`, [name]]),
    ];
    for (const [slug, names] of removals) {
      const at = names.map((parameter) => ({ parameter }));
      const isRemovable = names.every((name) => !sent.includes(name) || mayBeAbsent(action, name));
      if (isRemovable && breaks(sent.filter((name) => !names.includes(name))))
        return { slug, additionalParameters, edit: { op: "remove", at } };
    }
    for (const name of mentioned.filter((n) => optional.includes(n) && !sent.includes(n)))
      if (breaks([...sent, name]))
        return {
          slug: `with-${name}`,
          additionalParameters,
          edit: { op: "set", at: { parameter: name }, value: { kind: "valid" } },
        };
  }
  return undefined;
}

/** True where the absence is no breach of its own. */
function mayBeAbsent({ parameters }: Action, name: string): boolean {
  const p = parameters.find((q) => q.name === name);
  return p?.required !== true || p.refusals.get("absent")?.level === "may";
}

const pick = (values: CallMembers, names: readonly string[]): CallMembers =>
  Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));

const mentions = (schema: unknown, name: string): boolean => JSON.stringify(schema).includes(`"${name}"`);
