/** All faults of the emulator: those with a name, and those that follow from the specs. The suite must detect every one of them. */

import type { Service } from "../../model/index.ts";
import { findByIds } from "../find-by-id.ts";
import { lateFaults } from "./after-a-while.ts";
import { awsResponseFaults } from "./aws-responses.ts";
import { bindingFaults } from "./bindings.ts";
import { codeFaults } from "./codes.ts";
import { concurrencyFaults } from "./concurrency.ts";
import { effectFaults } from "./effects.ts";
import { concernsAction, type Fault } from "./fault.ts";
import { gatewayFaults } from "./gateway.ts";
import { idempotencyFaults } from "./idempotency.ts";
import { imResponseFaults } from "./im-responses.ts";
import { listAnswerFaultsOf } from "./list-answers.ts";
import { namedOperatorFaults, operatorIds } from "./named/index.ts";
import { operatorFaults } from "./operators/index.ts";
import type { OperatorFault } from "./operators/operator.ts";
import { outputFaults } from "./outputs.ts";
import { responseFaults } from "./responses.ts";
import { sideEffectFaults } from "./side-effects/index.ts";
import { signatureFaults } from "./signatures.ts";
import { stateFaults } from "./states.ts";
import { valueFaults } from "./values.ts";

const handwritten: readonly Fault[] = [
  ...valueFaults,
  ...codeFaults,
  ...stateFaults,
  ...effectFaults,
  ...idempotencyFaults,
  ...responseFaults,
  ...imResponseFaults,
  ...awsResponseFaults,
  ...outputFaults,
  ...bindingFaults,
  ...concurrencyFaults,
  ...gatewayFaults,
  ...signatureFaults,
  ...sideEffectFaults,
  ...lateFaults,
];

type Services = ReadonlyMap<string, Service>;

interface FaultLists {
  /** Those with a name of their own. */
  readonly named: readonly Fault[];
  readonly ofOperators: readonly OperatorFault[];
}

/** The faults that the emulator of these services can be started with. */
export function faultsOf(services: Services): FaultLists {
  let lists = listsByServices.get(services);
  if (!lists) {
    const ids = [...services.values()].flatMap((s) => [...s.actions.values()].map(({ id }) => id));
    const isPresent = (fault: Fault) => ids.some((id) => concernsAction(fault, id));
    const ofOperators = operatorFaults(services.values());
    const ofLists = [...services.values()].flatMap((service) => [...listAnswerFaultsOf(service)]);
    const named = [...handwritten.filter(isPresent), ...namedOperatorFaults(ofOperators), ...ofLists];
    lists = { named, ofOperators };
    listsByServices.set(services, lists);
  }
  return lists;
}

const listsByServices = new WeakMap<Services, FaultLists>();

export const allFaultsOf = (services: Services): readonly Fault[] => {
  const { named, ofOperators } = faultsOf(services);
  return [...named, ...ofOperators];
};

/** @throws if an id is unknown, or of an action that the services lack. */
export function findFaults(services: Services, ids: readonly string[]): Fault[] {
  if (ids.length === 0) return [];
  for (const id of ids) {
    const action = actionOf(id);
    if (action === undefined) continue;
    if (![...services.values()].some((s) => [...s.actions.values()].some((a) => concernsAction({ action }, a.id))))
      throw new Error(`the fault "${id}" is one of ${action}, which the specs do not have`);
  }
  return findByIds(allFaultsOf(services), ids, "fault");
}

/** The action that the id of a fault names; undefined for a fault of several actions, or of none that is known. */
function actionOf(id: string): string | undefined {
  const { action = "*" } = handwritten.find((fault) => fault.id === id) ?? {};
  if (!action.includes("*")) return action;
  return /^([^/:]+\/[^/:]+\/[^/:]+):/.exec(operatorIds.get(id) ?? id)?.[1];
}
