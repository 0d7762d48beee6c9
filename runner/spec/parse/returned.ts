/** What a spec declares about the resources in the output of an action → ReturnedList and ReturnedResource. */
import type { ReturnedList, ReturnedResource } from "../../model/index.ts";
import type { RawAction, RawReturnedList } from "./raw-types.ts";
import { toArray } from "./shared-fields.ts";

export function toReturnedList({ resource, filters, ...raw }: RawReturnedList): ReturnedList {
  const byParameter = Object.entries(filters ?? {}).map(
    ([name, filter]) => [name, typeof filter === "string" ? { member: filter } : filter] as const,
  );
  return {
    members: {},
    counts: {},
    itemTotals: {},
    ...raw,
    resources: toArray(resource),
    filters: new Map(byParameter),
  };
}

export const toReturnedResource = (raw: NonNullable<RawAction["returnsResource"]>): ReturnedResource => ({
  pointer: "",
  members: {},
  counts: {},
  ...raw,
});
