/** Every named deviation of the emulator: each shows that some family of cases catches something. */

import { findByIds } from "../find-by-id.ts";
import { awsAnswerFaults } from "./aws-responses.ts";
import { bindingFaults } from "./bindings.ts";
import { charsetFaults } from "./charsets.ts";
import { codeFaults } from "./codes.ts";
import { combinedBreachFaults } from "./combined-breaches.ts";
import { raceFaults } from "./concurrency.ts";
import { countFaults } from "./counts.ts";
import { repeatFaults } from "./duplicates.ts";
import { effectFaults } from "./effects.ts";
import type { Fault } from "./fault.ts";
import { gatewayFaults } from "./gateway.ts";
import { tokenFaults } from "./idempotency.ts";
import { imAnswerFaults } from "./im-responses.ts";
import { lengthFaults } from "./lengths.ts";
import { outputFaults } from "./outputs.ts";
import { presenceFaults } from "./presence.ts";
import { answerFaults } from "./responses.ts";
import { signatureFaults } from "./signatures.ts";
import { stateFaults } from "./states.ts";

export const faults: readonly Fault[] = [
  ...lengthFaults,
  ...countFaults,
  ...charsetFaults,
  ...presenceFaults,
  ...codeFaults,
  ...repeatFaults,
  ...stateFaults,
  ...effectFaults,
  ...tokenFaults,
  ...answerFaults,
  ...imAnswerFaults,
  ...awsAnswerFaults,
  ...outputFaults,
  ...bindingFaults,
  ...raceFaults,
  ...combinedBreachFaults,
  ...gatewayFaults,
  ...signatureFaults,
];

/** @throws where one of the ids is no fault's. */
export const findFaults = (ids: readonly string[]): Fault[] => findByIds(faults, ids, "fault");
