/** Variants of lists: the order of the entries of a page, and totals that are not returned. */
import type { CallMembers, Json, ReturnedList } from "../../model/index.ts";
import { editJson } from "../faults/fault.ts";
import type { RequestContext } from "../request-context.ts";
import type { Variant } from "./variant.ts";

/** Edits the output of an accepted call that returns a list. */
const onList =
  (
    edit: (output: CallMembers, list: ReturnedList, context: RequestContext) => void,
  ): NonNullable<Variant["response"]> =>
  (response, context) => {
    const list = context.refusal ? undefined : context.action?.returnedList;
    const pointer = context.service?.envelope.output ?? "";
    return list
      ? editJson(response, (body) =>
          edit((pointer === "" ? body : body[pointer.slice(1)]) as CallMembers, list, context),
        )
      : response;
  };

export const listVariants: readonly Variant[] = [
  {
    id: "lists-in-another-order",
    description: "Returns the entries of a page in reverse order.",
    freedoms: ["list/order"],
    response: onList((output, { listPointer }) => {
      (output[listPointer.slice(1)] as Json[] | undefined)?.reverse();
    }),
  },
  {
    id: "totals-left-out",
    description: "Leaves out totals and flags of lists that no documentation page requires.",
    freedoms: ["list/total"],
    response: onList((output, { totalPointer, truncatedPointer, itemTotals }, { action }) => {
      for (const pointer of [totalPointer, truncatedPointer, ...Object.keys(itemTotals)]) {
        const name = pointer?.slice(1) ?? "";
        if (!action?.output.required?.includes(name)) delete output[name];
      }
    }),
  },
];
