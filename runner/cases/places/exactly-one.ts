/** An object of which a member is sent and no other (`oneOf`) → calls with none of them and with two. */
import type { Action, Schema } from "../../model/index.ts";
import { ruleId } from "../../spec/rules.ts";
import { additionalFor } from "../sent-parameters.ts";
import type { CaseTemplate } from "../template.ts";
import { type ParameterPlace, setPlace } from "./edits.ts";

/** Only where the spec states how a breach of `oneOf` is refused. */
export function* exactlyOneTemplates(action: Action, at: ParameterPlace): Iterable<CaseTemplate> {
  const { name, schema, refusals } = at.place;
  const refusal = refusals.get("oneOf");
  const alternatives = exclusiveMembers(schema);
  if (!refusal || alternatives.length < 2) return;
  for (const [slug, names, what] of [
    ["none", [], "none"],
    ["two", alternatives.slice(0, 2), "two"],
  ] as const)
    yield {
      place: name,
      slug,
      title: `MUST refuse ${name} with ${what} of ${alternatives.join(", ")}`,
      outcome: refusal,
      rule: ruleId(action, name, "oneOf"),
      additionalParameters: additionalFor(action, at.p),
      edit: setPlace(at, { kind: "members", names }),
      // Pairs cannot express an object without members.
      ...(slug === "none" && { expressibleAsPairs: false }),
      source: refusal.source,
    };
}

/** The members that the branches of `oneOf` require, one each; empty for any other `oneOf`. */
export function exclusiveMembers({ oneOf = [] }: Schema): string[] {
  const required = (oneOf as readonly Schema[]).map((branch) => branch.required ?? []);
  return required.every((names) => names.length === 1) ? required.flat() : [];
}
