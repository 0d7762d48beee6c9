/** Faults in the codes of equal concurrent calls; a single call is handled correctly. */
import type { Fault } from "./fault.ts";
import { HOLD_MS } from "./operators/concurrent.ts";

/** Refuses a call that overlaps with an equal one, and that the state forbids, with this code. */
const concurrencyFault = (id: string, description: string, action: string, code: string): Fault => ({
  id,
  description,
  action,
  family: "concurrency",
  detects: "check:code",
  holdMs: HOLD_MS,
  refusal: (refusal, { overlappingCalls }) => (overlappingCalls > 0 ? { ...refusal, code } : refusal),
});

export const concurrencyFaults: readonly Fault[] = [
  concurrencyFault(
    "loser-breaks",
    "Refuses the later of two concurrent calls with InternalError.",
    "tencent/organization/CreateGroup",
    "InternalError",
  ),
  concurrencyFault(
    "loser-of-no-table",
    "Refuses the later of two concurrent calls with an undocumented code.",
    "tencent/iai/CreatePerson",
    "FailedOperation.DuplicateEntry",
  ),
];
