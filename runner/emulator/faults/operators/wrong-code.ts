/** other-code: refuses a breach with a code that its documents give to something else. internal-code: with that of an internal error. */
import type { Action, ErrorCause, ErrorCode } from "../../../model/index.ts";
import { casesOf, type DecidedBreach, decidedBreaches, refusalFamily } from "./breaches.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";

export const otherCode: Operator = {
  id: "other-code",
  *faultsOf({ actions }) {
    for (const breach of [...actions.values()].flatMap(decidedBreaches)) {
      const code = codeOfAnotherBreach(breach);
      if (code !== undefined) yield wrongCodeFault(breach, "other-code", code);
    }
  },
};

export const internalCode: Operator = {
  id: "internal-code",
  *faultsOf(service) {
    const actions = [...service.actions.values()];
    const [serviceCode] = actions.flatMap((action) => internalCodeOf(action) ?? []);
    const family = refusalFamily(actions);
    if (serviceCode !== undefined && family !== undefined)
      yield operatorFault({
        operator: "internal-code",
        action: service.id,
        place: "call",
        keyword: "refusal",
        description: `Uses the code ${serviceCode} for every refusal.`,
        family,
        detects: "check:code",
        refusal: (refusal) => ({ ...refusal, code: serviceCode }),
      });
    for (const breach of actions.flatMap(decidedBreaches)) {
      const code = internalCodeOf(breach.action);
      if (code !== undefined) yield wrongCodeFault(breach, "internal-code", code);
    }
  },
};

/** A documented code of the same cause. Where the expected code is only inferred, any code of that cause is allowed. */
function codeOfAnotherBreach({ action, place, keyword, refusal }: DecidedBreach): string | undefined {
  if (refusal.level !== "must") return undefined;
  const cause = place === "situation" || keyword === "unique" ? "state" : "request";
  // A code that may also mean a busy server decides nothing.
  const isPlain = ({ causes }: ErrorCode) => causes.every((c) => c === "request" || c === "state");
  return codesWithCause(action, cause, isPlain).find((code) => !refusal.codes.includes(code));
}

/** The code of an internal error that all services of an envelope share, or else one of the service or the action. */
export function internalCodeOf({ errors, service }: Action): string | undefined {
  const rows = [service.envelope.codes, service.errors, errors].flatMap((table) => [...table.values()]);
  return rows.find(({ causes }) => causes.includes("fault"))?.code;
}

export const codesWithCause = (
  { errors, service }: Action,
  cause: ErrorCause,
  isAllowed: (row: ErrorCode) => boolean = () => true,
): string[] =>
  [errors, service.errors, service.envelope.codes].flatMap((table) =>
    [...table.values()].filter((row) => row.causes.includes(cause) && isAllowed(row)).map(({ code }) => code),
  );

export function wrongCodeFault(breach: DecidedBreach, operator: string, code: string): OperatorFault {
  const { action, place, keyword, family, phrase, matches } = breach;
  return operatorFault({
    operator,
    action: action.id,
    place,
    keyword,
    description: `Refuses ${phrase} with the code ${code}.`,
    family,
    detects: place === "situation" ? "check:code" : `keyword:${keyword}/code`,
    cases: casesOf(breach),
    refusal: (refusal) => (matches(refusal) ? { ...refusal, code } : refusal),
  });
}
