/** refused-binding: refuses every valid call over one binding other than the main one. */
import { type Operator, operatorFault } from "./operator.ts";
import { codesWithCause } from "./wrong-code.ts";

export const refusedBinding: Operator = {
  id: "refused-binding",
  *faultsOf({ id, actions, bindings }) {
    const [code] = [...actions.values()].flatMap((action) => codesWithCause(action, "request"));
    if (code === undefined) return;
    for (const binding of bindings.slice(1))
      yield operatorFault({
        operator: "refused-binding",
        action: id,
        place: "binding",
        keyword: binding,
        description: `Refuses every valid call over the binding ${binding}.`,
        family: "valid",
        detects: `binding:${binding}`,
        extraRefusal: (_, { received }) => (received?.binding === binding ? code : undefined),
      });
  },
};
