/** A code → its row in the tables of action, service and envelope, the nearest first. */
import type { Action, ErrorCode } from "../model.ts";

export const rowOf = (action: Action, code: string): ErrorCode | undefined =>
  action.errors.get(code) ?? action.service.errors.get(code) ?? action.service.envelope.codes.get(code);

/** The HTTP statuses under which a code may come: its own, else the envelope's for refusals. */
export function statusesOf(action: Action, code: string): readonly number[] {
  const own = rowOf(action, code)?.status ?? [];
  return own.length > 0 ? own : action.service.envelope.refusal.status;
}
