/** A value of a spec such as `input.GroupName` → the value with which the resource was created. */
import type { Json } from "../model/index.ts";
import { type Lease, withContainers } from "./lease.ts";
import { substitute } from "./probe.ts";

/** A membership has the values of the resource with the same id. Undefined where the create call did not send the value. */
export function createdWith(value: Json, lease: Lease): Json | undefined {
  const related = [...lease.supports, ...withContainers(lease)].filter(({ id }) => id === lease.id);
  for (const candidate of [lease, ...related]) {
    const created = substitute(value, candidate);
    if (created !== undefined) return created;
  }
  return undefined;
}
