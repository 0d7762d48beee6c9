/** All operators. */
import type { Service } from "../../../model/index.ts";
import { executed, forgotten, undone } from "./effect.ts";
import { lax, oneBeyond } from "./lax.ts";
import type { Operator, OperatorFault } from "./operator.ts";
import { omitted, retyped } from "./output.ts";
import { strict } from "./strict.ts";
import { internalCode, otherCode } from "./wrong-code.ts";

const operators: readonly Operator[] = [
  lax,
  oneBeyond,
  strict,
  otherCode,
  internalCode,
  undone,
  forgotten,
  executed,
  omitted,
  retyped,
];

/** The faults that follow from the specs of these services. */
export const operatorFaults = (services: Iterable<Service>): OperatorFault[] =>
  [...services].flatMap((service) => operators.flatMap(({ faultsOf }) => [...faultsOf(service)]));
