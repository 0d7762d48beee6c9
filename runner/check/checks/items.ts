/** items: where an answer's list holds a result per entry, each of them is a good one. */
import jsonpointer from "jsonpointer";
import type { Action, Finding, Json } from "../../model.ts";
import { type Check, nothing } from "../check.ts";

export const items: Check = {
  id: "items",
  findings: ({ c: { action, expect }, outcome }) =>
    expect.outcome === "success" && outcome.kind === "success" ? itemFindings(action, outcome.output) : nothing,
};

function itemFindings(action: Action, output: Json | undefined): readonly Finding[] {
  const { items } = action;
  if (!items) return nothing;
  const at = action.service.envelope.output + items.in;
  const list =
    typeof output === "object" && output !== null ? (jsonpointer.get(output, items.in) as Json | undefined) : undefined;
  if (!Array.isArray(list))
    return [
      { check: "items", level: "must", at, expected: "array", actual: list === undefined ? "absent" : typeof list },
    ];
  return list.flatMap((entry, i): Finding[] => {
    const result =
      typeof entry === "object" && entry !== null && !Array.isArray(entry) ? entry[items.result] : undefined;
    if (items.ok.some((good) => good === result)) return [];
    return [
      {
        check: "items",
        level: "must",
        at: `${at}/${i}/${items.result}`,
        expected: [...items.ok],
        actual: result ?? "absent",
      },
    ];
  });
}
