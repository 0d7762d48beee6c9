/** Every named deviation of the emulator: each shows that some family of cases catches something. */

import type { Fault } from "./fault.ts";
import { answerFaults } from "./faults/answers.ts";
import { awsAnswerFaults } from "./faults/aws-answers.ts";
import { bindingFaults } from "./faults/bindings.ts";
import { charsetFaults } from "./faults/charsets.ts";
import { codeFaults } from "./faults/codes.ts";
import { countFaults } from "./faults/counts.ts";
import { effectFaults } from "./faults/effects.ts";
import { frontFaults } from "./faults/front.ts";
import { imAnswerFaults } from "./faults/im-answers.ts";
import { lengthFaults } from "./faults/lengths.ts";
import { mixtureFaults } from "./faults/mixtures.ts";
import { outputFaults } from "./faults/outputs.ts";
import { presenceFaults } from "./faults/presence.ts";
import { raceFaults } from "./faults/races.ts";
import { repeatFaults } from "./faults/repeats.ts";
import { signatureFaults } from "./faults/signatures.ts";
import { stateFaults } from "./faults/states.ts";
import { tokenFaults } from "./faults/tokens.ts";
import { named } from "./named.ts";

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
  ...mixtureFaults,
  ...frontFaults,
  ...signatureFaults,
];

/** @throws where one of the ids is no fault's. */
export const faultsNamed = (ids: readonly string[]): Fault[] => named(faults, ids, "fault");
