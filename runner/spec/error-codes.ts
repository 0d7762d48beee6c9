/** A code → its row in the tables of action, service and envelope, the nearest first. */
import type { Action, ErrorCause, ErrorCode } from "../model/index.ts";

export const findErrorCode = (action: Action, code: string): ErrorCode | undefined =>
  action.errors.get(code) ?? action.service.errors.get(code) ?? action.service.envelope.codes.get(code);

/**
 * What may be behind a code. One that no table lists is of the kind of its first part, where that is listed: the pages name
 * some of RequestLimitExceeded.*, and there are more. Such a code is never expected.
 */
export function causesOf(action: Action, code: string): readonly ErrorCause[] {
  const own = findErrorCode(action, code);
  if (own) return own.causes;
  const dot = code.lastIndexOf(".");
  return dot > 0 ? causesOf(action, code.slice(0, dot)).filter((cause) => callerCauses.includes(cause)) : [];
}

/** Causes that do not depend on what was asked for. */
const callerCauses: readonly ErrorCause[] = ["busy", "throttle", "auth", "account", "fault"];

/** The HTTP statuses under which a code may come: its own, else the envelope's for refusals. */
export function statusesOf(action: Action, code: string): readonly number[] {
  const own = findErrorCode(action, code)?.status ?? [];
  return own.length > 0 ? own : action.service.envelope.refusal.status;
}

export function errorCodeLocation(action: Action): string {
  const [place] = action.service.envelope.code.locations;
  return place === undefined ? "body" : "body" in place ? place.body : `header:${place.header}`;
}
