/** The members that a target shows of a resource → findings where they are not those with which it was created. */
import type { Finding, Json } from "../../model/index.ts";
import { outputValue } from "./read-list.ts";

/** Numbers of resources in the resource, by the member that states the number. */
export type ResourceCounts = readonly (readonly [
  member: string,
  number: { readonly least: number; readonly most: number },
])[];

/** `members` without a value are not compared. */
export function memberFindings(
  check: string,
  location: string,
  shown: Json | undefined,
  members: Readonly<Record<string, Json | undefined>>,
  resource: string,
  counts: ResourceCounts,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [name, created] of Object.entries(members)) {
    const value = outputValue(shown, `/${name}`);
    if (created === undefined || isEqual(value, created)) continue;
    const expected = `the value with which the ${resource} was created`;
    const actual = value === undefined ? "absent" : "another value";
    findings.push({ check, level: "must", location: `${location}/${name}`, expected, actual });
  }
  for (const [name, { least, most }] of counts) {
    const value = outputValue(shown, `/${name}`);
    if (typeof value !== "number" || (value >= least && value <= most)) continue;
    const expected = least === most ? least : `${least} to ${most}`;
    findings.push({ check, level: "must", location: `${location}/${name}`, expected, actual: value });
  }
  return findings;
}

/** A number may be shown as a text: the check `output` compares types. */
const isEqual = (shown: Json | undefined, created: Json): boolean =>
  JSON.stringify(shown) === JSON.stringify(created) ||
  (typeof created === "number" && typeof shown === "string" && shown === String(created));
