/** A state → the name under which a target may give what stands there: `group`, `group AVChatRoom`. */
import type { Action, Resource, ResourceState } from "../model/index.ts";

/** The resource, and the values with which it is made where they tell it apart. */
export const providedResourceName = ({
  resource,
  createMembers: values,
}: Pick<ResourceState, "resource" | "createMembers">): string =>
  [resource, ...Object.values(values).map(String)].join(" ");

/** A target can lend one thing that is there, and that stands in nothing but what only a target can give. */
export const canUseProvidedResource = (
  { given, service }: Action,
  { kind, count, containers: within }: ResourceState,
): boolean =>
  kind === "existing" &&
  count === 1 &&
  within.every((ref) => service.resources.get(given.get(ref)?.resource ?? "")?.id === "given");

/** What only a target can give has a name of its own. */
export const providedResourceKey = (resource: Resource): string => resource.requiredFromTarget ?? resource.name;
