/** Errors of a schema with branches → those of the branch that was probably meant. */
import type { ErrorObject } from "ajv/dist/2020.js";
import { didYouMean } from "../problem.ts";
import { exclusiveKeys, jsonTypeOf, knownKeys } from "./error-text.ts";

/** Of the branches of an anyOf only one speaks: of the right type, with the fewest errors. Where none is of the type, the anyOf does. */
export function pickBranchErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const silent = new Set<ErrorObject>(errors.filter((e) => e.keyword === "propertyNames" || isNotAMapping(e)));
  for (const e of errors.filter((x) => x.keyword === "anyOf" || x.keyword === "oneOf")) {
    const branches = branchesOf(e, errors);
    const misfit = (branch: readonly ErrorObject[]) => branch.some((o) => hasOtherType(o, e));
    const fits = branches.filter((b) => !misfit(b)).sort((a, b) => branchCost(e, a) - branchCost(e, b));
    const [best, next] = fits;
    const speaks = exclusiveKeys(e) === undefined && best && !(next && branchCost(e, next) === branchCost(e, best));
    if (speaks) silent.add(e);
    for (const branch of branches) if (!speaks || branch !== best) for (const o of branch) silent.add(o);
  }
  return errors.filter((e) => !silent.has(e));
}

/** What is no mapping has no keys to choose among, and its type is blamed already. */
const isNotAMapping = (e: ErrorObject): boolean =>
  (e.keyword === "anyOf" || e.keyword === "oneOf") && exclusiveKeys(e) !== undefined && jsonTypeOf(e.data) !== "object";

function branchesOf(e: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[][] {
  const branches = new Map<string, ErrorObject[]>();
  for (const o of errors) {
    const inside = o !== e && o.schemaPath.startsWith(`${e.schemaPath}/`);
    if (!inside || !(o.instancePath === e.instancePath || o.instancePath.startsWith(`${e.instancePath}/`))) continue;
    const branch = o.schemaPath.slice(e.schemaPath.length + 1).split("/")[0] ?? "";
    branches.set(branch, [...(branches.get(branch) ?? []), o]);
  }
  return [...branches.values()];
}

/** Another type than the branch is for, or than its constants have. */
function hasOtherType(o: ErrorObject, e: ErrorObject): boolean {
  if (o.instancePath !== e.instancePath) return false;
  if (o.keyword === "type") return true;
  const constants = o.keyword === "const" ? [o.schema] : o.keyword === "enum" ? (o.schema as unknown[]) : undefined;
  return constants !== undefined && !constants.map(jsonTypeOf).includes(jsonTypeOf(o.data));
}

/** Keys of its own that are missing, and others' that stand there, speak against a branch; a near miss half as much. */
function branchCost(e: ErrorObject, branch: readonly ErrorObject[]): number {
  const cost = (o: ErrorObject): number => {
    if (o.instancePath !== e.instancePath) return 1;
    if (o.keyword === "required") return 10;
    if (o.keyword !== "additionalProperties") return 1;
    const { additionalProperty } = o.params as { additionalProperty: string };
    return didYouMean(additionalProperty, knownKeys(o.parentSchema)) === "" ? 10 : 5;
  };
  return branch.reduce((sum, o) => sum + cost(o), 0);
}
