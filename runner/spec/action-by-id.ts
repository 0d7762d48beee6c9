/** The action of a service with an id such as `tencent/iai/CreateGroup`; undefined where it has none. */
import type { Action, Service } from "../model/index.ts";

export const actionById = ({ actions }: Service, id: string | undefined): Action | undefined =>
  [...actions.values()].find((action) => action.id === id);
