/** Actions, a selection and what a driver can do → the cases of the SDK gate. */
import { actionMatcher, globMatcher } from "../cases/glob.ts";
import type { Action, Depth } from "../model/index.ts";
import type { DriverHello } from "./driver/messages.ts";
import { sdkFamilies } from "./families/index.ts";
import { type SdkCase, toSdkCase } from "./sdk-case.ts";
import type { SdkFamily, SdkScope } from "./sdk-family.ts";

export interface SdkPlanOptions {
  readonly actions: Iterable<Action>;
  readonly depth: Depth;
  /** Globs on case ids; none selects all. */
  readonly select: readonly string[];
  /** Absent: every action over every binding, as for a driver that can do all. */
  readonly hello?: DriverHello;
  /** All families by default. */
  readonly families?: readonly SdkFamily[];
}

/** The cases of the services of which the driver has an action. An action or a binding that it lacks has skipped cases. */
export function* planSdk({ actions, depth, select, hello, families = sdkFamilies }: SdkPlanOptions): Iterable<SdkCase> {
  const all = [...actions];
  const supports = hello ? globMatcher(hello.actions) : () => true;
  const services = new Set(all.filter(({ id }) => supports(id)).map(({ service }) => service));
  const selected = globMatcher(select);
  const maySelect = actionMatcher(select);
  const firstActions = new Set<Action>();
  for (const service of services) {
    const first = all.find((action) => action.service === service && supports(action.id) && maySelect(action.id));
    if (first) firstActions.add(first);
  }
  for (const action of all) {
    if (!services.has(action.service) || !maySelect(action.id)) continue;
    const bindings = action.service.bindings.filter((b) => !hello || hello.bindings.includes(b));
    for (const c of casesOf(action, { depth, families, first: bindings[0], isFirst: firstActions.has(action) })) {
      if (!selected(c.id)) continue;
      const missing = missingOf(c, supports, bindings);
      yield missing === undefined ? c : { ...c, skipReason: missing };
    }
  }
}

function* casesOf(
  action: Action,
  {
    depth,
    families,
    first,
    isFirst,
  }: { depth: Depth; families: readonly SdkFamily[]; first: string | undefined; isFirst: boolean },
): Iterable<SdkCase> {
  for (const family of families) {
    const scope: SdkScope = depth === "exhaustive" ? "binding" : family.scope[depth];
    if (scope === "service" && !isFirst) continue;
    // Without a binding of the driver its cases are skipped over the main one.
    const bindings = scope === "binding" ? action.service.bindings : [first ?? action.service.bindings[0] ?? ""];
    for (const binding of bindings)
      for (const template of family.cases(action, binding, { depth, isFirst: isFirst || depth === "exhaustive" }))
        yield toSdkCase(template, action, `sdk-${family.id}`, binding);
  }
}

/** Why the driver cannot make the call of a case. */
function missingOf({ action, binding }: SdkCase, supports: (id: string) => boolean, bindings: readonly string[]) {
  if (!supports(action.id)) return `the driver does not have the action ${action.id}`;
  return bindings.includes(binding) ? undefined : `the driver does not have the binding ${binding}`;
}
