/** Faults that begin after a number of refusals or accepted calls. */
import { countingBeyond } from "./counting-beyond.ts";
import type { Fault } from "./fault.ts";

/** Fewer than the cases of a family cause, more than a short test sends. */
const [REFUSALS, CREATIONS] = [8, 3];

const areRefusalsOver = countingBeyond(REFUSALS);
const areCreationsOver = countingBeyond(CREATIONS);

export const lateFaults: readonly Fault[] = [
  {
    id: "refusals-end",
    description: `Accepts every call without executing it after ${REFUSALS} refusals.`,
    action: "tencent/iai",
    family: "boundary",
    detects: "check:outcome",
    refusal: (refusal, { emulator }) => (areRefusalsOver(emulator) ? undefined : refusal),
  },
  {
    id: "creations-end",
    description: `Answers with a success but creates no group after ${CREATIONS} groups.`,
    action: "tencent/iai/CreateGroup",
    family: "boundary",
    detects: "check:effect",
    execute: (next, { emulator }) => (areCreationsOver(emulator) ? {} : next()),
  },
];
