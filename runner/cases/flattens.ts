/** A draft → whether text pairs can say it: they have no null, no empty list and no types. */
import type { Edit } from "../model/index.ts";
import type { CaseTemplate } from "./template.ts";

export const isExpressibleAsPairs = (draft: CaseTemplate): boolean =>
  draft.flat ?? (draft.edit ? editIsExpressible(draft.edit) : true);

function editIsExpressible(edit: Edit): boolean {
  if (edit.op === "all") return edit.edits.every(editIsExpressible);
  if (edit.op !== "set" || edit.value.kind !== "literal") return true;
  return edit.value.value !== null && !Array.isArray(edit.value.value);
}
