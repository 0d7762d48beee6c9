/** All operators. */
import type { Service } from "../../../model/index.ts";
import { refusedBinding } from "./binding.ts";
import { combinedInternalCode, combinedLax } from "./combined.ts";
import { concurrentLax, concurrentStrict } from "./concurrent.ts";
import { converted, garbled, wrapped } from "./conversion.ts";
import { executed, forgotten, undone } from "./effect.ts";
import { excusedCodes } from "./excused-code.ts";
import { answered, broken } from "./gateway.ts";
import { lateLax, lateUndone } from "./late.ts";
import { lax, oneBeyond } from "./lax.ts";
import { omitted, retyped } from "./members.ts";
import type { Operator, OperatorFault } from "./operator.ts";
import { distorted } from "./response.ts";
import { partlyVerified } from "./signature.ts";
import { strict } from "./strict.ts";
import { internalCode, otherCode } from "./wrong-code.ts";

const operators: readonly Operator[] = [
  lax,
  oneBeyond,
  strict,
  otherCode,
  internalCode,
  ...excusedCodes,
  undone,
  forgotten,
  executed,
  omitted,
  retyped,
  distorted,
  answered,
  broken,
  partlyVerified,
  combinedLax,
  combinedInternalCode,
  concurrentLax,
  concurrentStrict,
  refusedBinding,
  converted,
  wrapped,
  garbled,
  lateLax,
  lateUndone,
];

/** The faults that follow from the specs of these services. */
export const operatorFaults = (services: Iterable<Service>): OperatorFault[] =>
  [...services].flatMap((service) => operators.flatMap(({ faultsOf }) => [...faultsOf(service)]));
