/** The members of a call → every value in them, and whether they name all containers of a resource. */
import type { CallMembers, Json } from "../../model/index.ts";
import type { Lease } from "../../resources/lease.ts";

/** The values themselves and everything in them. */
export function valuesIn(members: CallMembers): ReadonlySet<Json> {
  const values = new Set<Json>();
  const walk = (value: Json): void => {
    values.add(value);
    if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) walk(inner);
  };
  walk(members);
  return values;
}

export const namesContainers = (sent: ReadonlySet<Json>, { containers }: Lease): boolean =>
  containers.every(({ id }) => sent.has(id));
