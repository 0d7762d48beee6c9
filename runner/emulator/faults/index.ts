/** All faults of the emulator. The suite must detect every one of them. */

import { findByIds } from "../find-by-id.ts";
import { awsResponseFaults } from "./aws-responses.ts";
import { bindingFaults } from "./bindings.ts";
import { charsetFaults } from "./charsets.ts";
import { codeFaults } from "./codes.ts";
import { combinedBreachFaults } from "./combined-breaches.ts";
import { concurrencyFaults } from "./concurrency.ts";
import { countFaults } from "./counts.ts";
import { duplicateFaults } from "./duplicates.ts";
import { effectFaults } from "./effects.ts";
import type { Fault } from "./fault.ts";
import { gatewayFaults } from "./gateway.ts";
import { idempotencyFaults } from "./idempotency.ts";
import { imResponseFaults } from "./im-responses.ts";
import { lengthFaults } from "./lengths.ts";
import { outputFaults } from "./outputs.ts";
import { presenceFaults } from "./presence.ts";
import { responseFaults } from "./responses.ts";
import { signatureFaults } from "./signatures.ts";
import { stateFaults } from "./states.ts";

export const faults: readonly Fault[] = [
  ...lengthFaults,
  ...countFaults,
  ...charsetFaults,
  ...presenceFaults,
  ...codeFaults,
  ...duplicateFaults,
  ...stateFaults,
  ...effectFaults,
  ...idempotencyFaults,
  ...responseFaults,
  ...imResponseFaults,
  ...awsResponseFaults,
  ...outputFaults,
  ...bindingFaults,
  ...concurrencyFaults,
  ...combinedBreachFaults,
  ...gatewayFaults,
  ...signatureFaults,
];

/** @throws if an id is unknown. */
export const findFaults = (ids: readonly string[]): Fault[] => findByIds(faults, ids, "fault");
