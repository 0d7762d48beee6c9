/** A draft → whether text pairs can say it: they have no null, no empty list and no types. */
import type { Edit } from "../model/index.ts";
import type { Draft } from "./template.ts";

export const flattens = (draft: Draft): boolean => draft.flat ?? (draft.edit ? sayable(draft.edit) : true);

function sayable(edit: Edit): boolean {
  if (edit.op === "all") return edit.edits.every(sayable);
  if (edit.op !== "set" || edit.value.kind !== "literal") return true;
  return edit.value.value !== null && !Array.isArray(edit.value.value);
}
