/** All faults of the emulator: those with a name, and those that follow from the specs. The suite must detect every one of them. */

import type { Service } from "../../model/index.ts";
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
import { concernsAction, type Fault } from "./fault.ts";
import { gatewayFaults } from "./gateway.ts";
import { idempotencyFaults } from "./idempotency.ts";
import { imResponseFaults } from "./im-responses.ts";
import { lengthFaults } from "./lengths.ts";
import { operatorFaults } from "./operators/index.ts";
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

type Services = ReadonlyMap<string, Service>;

/** The faults that the emulator of these services can be started with. */
export function faultsOf(services: Services): readonly Fault[] {
  let all = faultsByServices.get(services);
  if (!all) {
    const ids = [...services.values()].flatMap((s) => [...s.actions.values()].map(({ id }) => id));
    all = [
      ...faults.filter((fault) => ids.some((id) => concernsAction(fault, id))),
      ...operatorFaults(services.values()),
    ];
    faultsByServices.set(services, all);
  }
  return all;
}

const faultsByServices = new WeakMap<Services, readonly Fault[]>();

/** @throws if an id is unknown. */
export const findFaults = (services: Services, ids: readonly string[]): Fault[] =>
  ids.length === 0 ? [] : findByIds(faultsOf(services), ids, "fault");
