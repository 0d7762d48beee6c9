/** A documented sample request → members as the action declares them: `Name.0`, `Name.1`, … become a list, digits a number where one is declared. */
import type { Action, CallMembers, Json, Parameter, Sample } from "../../model/index.ts";

export function sampleToMembers(action: Action, sample: Sample): CallMembers {
  const members: CallMembers = {};
  for (const p of action.parameters) {
    const value = sample.request[p.name] ?? collectIndexed(p, sample.request);
    if (value !== undefined) members[p.name] = coerceNumber(p, value);
  }
  return members;
}

function collectIndexed(p: Parameter, request: CallMembers): Json | undefined {
  const items: Json[] = [];
  for (let i = 0; request[`${p.name}.${i}`] !== undefined; i++) items.push(request[`${p.name}.${i}`] as Json);
  return items.length > 0 ? items : undefined;
}

function coerceNumber(p: Parameter, value: Json): Json {
  const type = p.schema.type;
  return (type === "integer" || type === "number") && typeof value === "string" ? Number(value) : value;
}
