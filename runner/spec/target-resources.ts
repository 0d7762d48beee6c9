/** A state → the name under which a target file may provide a resource in that state, such as `group` or `group AVChatRoom`. */
import type { Action, Resource, ResourceState } from "../model/index.ts";

/** The name of the resource, followed by the values of `createMembers`. */
export const providedResourceName = ({
  resource,
  createMembers: values,
}: Pick<ResourceState, "resource" | "createMembers">): string =>
  [resource, ...Object.values(values).map(String)].join(" ");

/** True for one existing resource all of whose containers are resources that only a target can provide. */
export const canUseProvidedResource = (
  { given, service }: Action,
  { kind, count, containers }: ResourceState,
): boolean =>
  kind === "existing" &&
  count === 1 &&
  containers.every((parameter) => service.resources.get(given.get(parameter)?.resource ?? "")?.id === "given");

/** The key of a target's `provided`: `requiredFromTarget` where the resource has one, else its name. */
export const providedResourceKey = (resource: Resource): string => resource.requiredFromTarget ?? resource.name;
