/** All errors of a schema with `anyOf` or `oneOf` → the errors of the branch that the writer probably meant. */
import type { ErrorObject } from "ajv/dist/2020.js";
import { didYouMean } from "../problem.ts";
import { exclusiveKeys, jsonTypeOf, knownKeys } from "./error-text.ts";

/**
 * Keeps the errors of one branch: the one of the value's type with the fewest errors. Where no branch is of that type, or
 * two are equally near, the error of the `anyOf` itself is kept instead.
 */
export function pickBranchErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const dropped = new Set<ErrorObject>(errors.filter((e) => e.keyword === "propertyNames" || isNotAMapping(e)));
  for (const e of errors.filter((x) => x.keyword === "anyOf" || x.keyword === "oneOf")) {
    const branches = branchesOf(e, errors);
    const isMisfit = (branch: readonly ErrorObject[]) => branch.some((inner) => hasOtherType(inner, e));
    const candidates = branches.filter((b) => !isMisfit(b)).sort((a, b) => branchCost(e, a) - branchCost(e, b));
    const [best, next] = candidates;
    const isPicked = exclusiveKeys(e) === undefined && best && !(next && branchCost(e, next) === branchCost(e, best));
    if (isPicked) dropped.add(e);
    for (const branch of branches) if (!isPicked || branch !== best) for (const inner of branch) dropped.add(inner);
  }
  return errors.filter((e) => !dropped.has(e));
}

/** An error over exclusive keys of a value that is no mapping; its type is reported by another error. */
const isNotAMapping = (e: ErrorObject): boolean =>
  (e.keyword === "anyOf" || e.keyword === "oneOf") && exclusiveKeys(e) !== undefined && jsonTypeOf(e.data) !== "object";

function branchesOf(e: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[][] {
  const branches = new Map<string, ErrorObject[]>();
  for (const inner of errors) {
    const isInside = inner !== e && inner.schemaPath.startsWith(`${e.schemaPath}/`);
    if (!isInside || !(inner.instancePath === e.instancePath || inner.instancePath.startsWith(`${e.instancePath}/`)))
      continue;
    const branch = inner.schemaPath.slice(e.schemaPath.length + 1).split("/")[0] ?? "";
    branches.set(branch, [...(branches.get(branch) ?? []), inner]);
  }
  return [...branches.values()];
}

/** True where the value has another JSON type than the branch allows, or than its constants have. */
function hasOtherType(inner: ErrorObject, e: ErrorObject): boolean {
  if (inner.instancePath !== e.instancePath) return false;
  if (inner.keyword === "type") return true;
  const constants =
    inner.keyword === "const" ? [inner.schema] : inner.keyword === "enum" ? (inner.schema as unknown[]) : undefined;
  return constants !== undefined && !constants.map(jsonTypeOf).includes(jsonTypeOf(inner.data));
}

/** Costs of a branch, to compare: 10 for a missing or unknown key, 5 for a misspelt key, 1 for any other error. */
function branchCost(e: ErrorObject, branch: readonly ErrorObject[]): number {
  const cost = (inner: ErrorObject): number => {
    if (inner.instancePath !== e.instancePath) return 1;
    if (inner.keyword === "required") return 10;
    if (inner.keyword !== "additionalProperties") return 1;
    const { additionalProperty } = inner.params as { additionalProperty: string };
    return didYouMean(additionalProperty, knownKeys(inner.parentSchema)) === "" ? 10 : 5;
  };
  return branch.reduce((sum, inner) => sum + cost(inner), 0);
}
