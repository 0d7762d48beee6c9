/** The members that a target shows of a resource → findings where they are not those with which it was created. */

import { truncateJson } from "../../check/truncate.ts";
import type { Finding, Json } from "../../model/index.ts";
import type { AcceptedCall } from "./postcondition.ts";
import { outputValue } from "./read-list.ts";
import { wrongValue } from "./shown-value.ts";

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
  call: AcceptedCall,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [name, created] of Object.entries(members)) {
    const value = outputValue(shown, `/${name}`);
    const expected = created === undefined ? undefined : wrongValue(value, created, resource, call);
    if (expected === undefined) continue;
    const actual = value === undefined ? "absent" : truncateJson(value);
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
