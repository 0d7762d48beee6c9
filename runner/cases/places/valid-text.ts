/** A place → a valid text of it, the same at any time: for what is decided before a call is made. */
import { itemContext, validPlaceValue, validValue, valueContext } from "../../values/valid-value.ts";
import type { ParameterPlace } from "./edits.ts";

export function validPlaceText({ p, place }: ParameterPlace): string {
  const context = valueContext(1, 1, "");
  const value =
    place.path === ""
      ? validValue(p, context)
      : validPlaceValue(p, place, place.path === "[]" ? itemContext(context, 0) : context);
  return String(value);
}
