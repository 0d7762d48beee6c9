/** A code → its row in the error tables of action, service and envelope, searched in this order. */
import type { Action, ErrorCause, ErrorCode } from "../model/index.ts";

export const findErrorCode = (action: Action, code: string): ErrorCode | undefined =>
  action.errors.get(code) ?? action.service.errors.get(code) ?? action.service.envelope.codes.get(code);

/**
 * The possible causes of a code. A code that no table lists, such as `RequestLimitExceeded.X`, has those causes of its
 * prefix `RequestLimitExceeded` that do not depend on the request: the pages list only some codes of such a group.
 */
export function causesOf(action: Action, code: string): readonly ErrorCause[] {
  const row = findErrorCode(action, code);
  if (row) return row.causes;
  const dot = code.lastIndexOf(".");
  return dot > 0 ? causesOf(action, code.slice(0, dot)).filter((cause) => callerCauses.includes(cause)) : [];
}

/** Causes that depend on the caller or the service and not on the request. */
const callerCauses: readonly ErrorCause[] = ["busy", "throttle", "auth", "account", "fault"];

/** The HTTP statuses that a response with this code may have: those of its row, else those of the envelope's refusals. */
export function statusesOf(action: Action, code: string): readonly number[] {
  const documented = findErrorCode(action, code)?.status ?? [];
  return documented.length > 0 ? documented : action.service.envelope.refusal.status;
}

/** Where a response holds its code: a JSON pointer into the body such as `/Response/Error/Code`, or `header:NAME`. */
export function errorCodeLocation(action: Action): string {
  const [location] = action.service.envelope.code.locations;
  return location === undefined ? "body" : "body" in location ? location.body : `header:${location.header}`;
}
