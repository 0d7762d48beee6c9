/** A way to break what a spec states: it yields a fault for each place of an action or a service where a document decides. */
import type { Service } from "../../../model/index.ts";
import type { Fault } from "../fault.ts";

export interface OperatorFault extends Fault {
  readonly operator: string;
  /** Where the spec is broken: a parameter, `Tags.items`, `call`, `situation`, `output`, … */
  readonly place: string;
  /** What is broken: the last segment of a rule's id, such as `maxLength`; the name of a situation or of an output member. */
  readonly keyword: string;
  /** The code with which it refuses a valid value. */
  readonly refusalCode?: string;
}

export interface Operator {
  readonly id: string;
  faultsOf(service: Service): Iterable<OperatorFault>;
}

type Description = Omit<OperatorFault, "id">;

/** Gives the fault its id: `ACTION:PLACE/KEYWORD/OPERATOR`. */
export const operatorFault = (fault: Description): OperatorFault => ({
  id: `${fault.action}:${fault.place}/${fault.keyword}/${fault.operator}`,
  ...fault,
});
