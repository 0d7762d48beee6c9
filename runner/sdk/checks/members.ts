/** members: the request has the given members with their values, by declared type, and no undeclared one. */
import { truncateJson } from "../../check/truncate.ts";
import { checkBody } from "../../emulator/pipeline/body.ts";
import type { CallMembers, Json } from "../../model/index.ts";
import { tokenParameter } from "../idempotency-token.ts";
import type { SdkCase } from "../sdk-case.ts";
import { difference, type SdkCheck, type SdkFinding } from "../sdk-check.ts";

export const sentMembers: SdkCheck = {
  id: "members",
  of: "request",
  findings: ({ sdkCase, members, received }) =>
    received.flatMap(({ context }) => {
      // Decoded by the types of the planned action, also where the request names another one.
      const decoded = { ...context, action: sdkCase.action };
      const refusal = checkBody(decoded);
      if (refusal) return [difference("body", "a JSON object", refusal.breach)];
      return compareMembers(sdkCase, members, decoded.members);
    }),
};

function compareMembers({ action }: SdkCase, given: CallMembers, sent: CallMembers): SdkFinding[] {
  // One finding for an SDK that sends no parameter at all, whatever the action has.
  if (Object.values(given).some((value) => value !== null && !isEmptyList(value)) && Object.keys(sent).length === 0)
    return [difference("members", "as given", "absent")];
  const findings: SdkFinding[] = [];
  for (const [name, value] of Object.entries(given)) {
    // SDKs may leave out null, which means absent.
    if (value === null && sent[name] === undefined) continue;
    if (isEqual(value, sent[name])) continue;
    const found = difference(`/${name}`, truncateExpected(value), truncateJson(sent[name] ?? "absent"));
    // Many SDKs leave out an empty list, and no page says what it means.
    findings.push(isEmptyList(value) ? { ...found, level: "should" } : found);
  }
  for (const [name, value] of Object.entries(sent)) {
    if (name in given || value === null || name === tokenParameter(action)?.name) continue;
    findings.push(difference(`/${name}`, "absent", truncateJson(value)));
  }
  return findings;
}

const isEmptyList = (value: Json): boolean => Array.isArray(value) && value.length === 0;

/** As JSON text, because a finding shows a list as a choice. */
const truncateExpected = (value: Json): Json => truncateJson(JSON.stringify(value));

function isEqual(a: Json, b: Json | undefined): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((v, i) => isEqual(v, b[i]));
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => isEqual(a[name] ?? null, b[name] ?? null));
}
