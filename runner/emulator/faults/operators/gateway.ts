/** answered: answers a request that breaks a rule of the gateway with a success. broken: answers it with an internal error. */
import type { Action, Service } from "../../../model/index.ts";
import { type GatewayBreach, gatewayBreaches } from "../../../spec/gateway-rules.ts";
import { gatewayRuleId } from "../../../spec/rules.ts";
import { authFailureBreaches } from "../../documented-codes.ts";
import type { EmulatorRefusal } from "../../refusal.ts";
import type { RequestContext } from "../../request-context.ts";
import { buildResponse } from "../../response.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";
import { internalCodeOf } from "./wrong-code.ts";

export const answered: Operator = {
  id: "answered",
  *faultsOf(service) {
    for (const [action, breach] of decidedGatewayBreaches(service))
      yield gatewayFault(action, breach, "answered", "with a success", {
        response: (response, context) =>
          context.refusal && reports(breach, context.refusal, context)
            ? buildResponse({ ...context, refusal: undefined })
            : response,
      });
  },
};

export const broken: Operator = {
  id: "broken",
  *faultsOf(service) {
    for (const [action, breach] of decidedGatewayBreaches(service)) {
      const code = internalCodeOf(action);
      if (code !== undefined)
        yield gatewayFault(action, breach, "broken", `with the code ${code}`, {
          refusal: (refusal, context) => (reports(breach, refusal, context) ? { ...refusal, code } : refusal),
        });
    }
  },
};

/** Documented breaches that no case commits, since the request could reach another server. */
const undetectable = new Set(["path"]);

/** The rules that a document decides, each once, and an action whose cases break them over every binding. */
function decidedGatewayBreaches({ actions, ping }: Service): [Action, GatewayBreach][] {
  const action = actions.get(ping?.call ?? "") ?? [...actions.values()][0];
  if (!action) return [];
  const decided = gatewayBreaches(action).filter(
    ({ refusal, breach }) => refusal.level !== "may" && !undetectable.has(breach),
  );
  return [...new Map(decided.map((b) => [gatewayRuleId(action, b), b])).values()].map((b) => [action, b]);
}

const gatewayFault = (
  action: Action,
  breach: GatewayBreach,
  operator: string,
  response: string,
  hooks: Pick<OperatorFault, "refusal" | "response">,
): OperatorFault =>
  operatorFault({
    operator,
    action: action.service.id,
    place: `${breach.family}/${breach.place}`,
    keyword: breach.breach,
    description: `Answers a request that breaks the rule ${breach.place}/${breach.breach} of its gateway ${response}.`,
    family: breach.family,
    detects: `family:${breach.family}`,
    cases: { rule: gatewayRuleId(action, breach) },
    ...hooks,
  });

/** Parameters that hold a part of the signature: another value makes it wrong. */
const signatureParameters = new Set(["Signature", "SignatureMethod", "usersig"]);

/** True for a refusal by which the emulator reports the breach. The signature check reports several breaches alike. */
function reports({ place, breach, common }: GatewayBreach, refusal: EmulatorRefusal, context: RequestContext): boolean {
  const sentName = context.commonParameters.find((c) => c.asDocumented.name === place)?.name ?? place;
  const isOfAction = context.action?.parameters.some(({ name }) => name === refusal.parameter) ?? false;
  if (common && breach === "absent" && !isOfAction && !context.received?.common.get(sentName)) return true;
  if (refusal.stage === "authorization") {
    if (breach === "unsigned" || (breach !== "absent" && signatureParameters.has(place)))
      return ["signature", "malformed", "incomplete"].includes(refusal.breach);
    const { breaches = [], parameter } = authFailureBreaches[refusal.breach] ?? {};
    return breaches.includes(breach) && (!parameter || !common || parameter.test(sentName));
  }
  if (refusal.stage === "action and version")
    return breach === "unknown" && (refusal.parameter === "Version") === (place === "Version");
  const reported = breach === "nesting" ? "not-an-object" : breach;
  return refusal.breach === reported && (!common || [place, sentName].includes(refusal.parameter));
}
