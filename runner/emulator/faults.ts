/** Every named deviation of the emulator: each shows that some family of cases catches something. */
import { suggest } from "../spec/problem.ts";
import type { Fault } from "./fault.ts";
import { answerFaults } from "./faults/answers.ts";
import { stateFaults } from "./faults/states.ts";
import { valueFaults } from "./faults/values.ts";

export const faults: readonly Fault[] = [...valueFaults, ...stateFaults, ...answerFaults];

/** @throws where one of the ids is no fault's; the message names what is near. */
export function faultsNamed(ids: readonly string[]): Fault[] {
  return ids.map((id) => {
    const fault = faults.find((f) => f.id === id);
    if (fault) return fault;
    const all = faults.map((f) => f.id);
    throw new Error(`no fault "${id}"${suggest(id, all) || `; there are ${all.join(", ")}`}`);
  });
}
