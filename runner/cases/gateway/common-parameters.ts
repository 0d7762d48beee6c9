/** A breach of a common parameter → calls with that breach, correctly signed. */
import type { Action, CommonParameter } from "../../model/index.ts";
import { type GatewayBreach, gatewayBreaches, isPing } from "../../spec/gateway-rules.ts";
import type { CaseTemplate } from "../template.ts";
import { gatewayTemplate, mutateBeforeSigning } from "./template.ts";

export function* commonParameterTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  const { common, breach, place } = b;
  if (!common) return;
  const { name } = common;
  if (breach === "absent") {
    const mutation = mutateBeforeSigning({ op: "drop", in: common.in, name });
    yield gatewayTemplate(action, b, {
      place,
      slug: "absent",
      description: `a call without ${place}`,
      mutation,
    });
    return;
  }
  for (const [slug, value] of wrongValues(action, common, breach)) {
    const mutation = mutateBeforeSigning({ op: "put", in: common.in, name, value });
    const alternativeCodes = slug === OF_ANOTHER_SERVICE ? codesOfUnknownAction(action, b) : [];
    yield gatewayTemplate(action, b, { place, slug, description: `${place} ${value}`, mutation, alternativeCodes });
  }
}

/** Slugs and values of the breach. */
function wrongValues(
  action: Action,
  { name, schema }: CommonParameter,
  breach: string,
): readonly (readonly [slug: string, value: string])[] {
  const { minimum = 0, maximum = 0 } = schema;
  switch (breach) {
    case "type":
      return [
        ["text", "abc"],
        ["decimal", "1.5"],
      ];
    case "minimum":
      return [[String(minimum - 1), String(minimum - 1)]];
    case "maximum":
      return [[String(maximum + 1), String(maximum + 1)]];
    case "pattern":
      if (name === "Content-Type") return [["another", "text/plain"]];
      return [
        ["malformed", "yesterday"],
        ...(isVersion(name) && isPing(action) ? [["text-behind", `${action.service.version}-assay`] as const] : []),
      ];
    case "const":
    case "enum":
      return [["another", undocumentedValues[name] ?? "assay"]];
    default:
      if (name === "X-Amz-Target")
        return [
          ["unknown", `${action.service.targetPrefix}.${UNKNOWN_NAME}`],
          ...(isPing(action) ? [["another-service", `${UNKNOWN_NAME}.${action.name}`] as const] : []),
        ];
      return [
        ["unknown", unknownValues[name] ?? UNKNOWN_NAME],
        ...(isVersion(name) && isPing(action) ? [[OF_ANOTHER_SERVICE, versionOfAnother(action)] as const] : []),
      ];
  }
}

const isVersion = (name: string): boolean => name === "Version" || name === "X-TC-Version";

const OF_ANOTHER_SERVICE = "of-another-service";

/** The versions of iai and of organization. Neither has a version of that day, or an action with the name of the other's ping. */
const versionOfAnother = ({ service }: Action): string =>
  service.version === "2018-03-01" ? "2021-03-31" : "2018-03-01";

/** A server that finds the service by its version reports that this one has no such action. */
const codesOfUnknownAction = (action: Action, { binding }: GatewayBreach): readonly string[] =>
  gatewayBreaches(action).find((b) => b.binding === binding && b.place === "Action" && b.breach === "unknown")?.refusal
    .codes ?? [];

const UNKNOWN_NAME = "AssayNothing";

/** Well-formed values that the documents do not list. */
const undocumentedValues: Readonly<Record<string, string>> = {
  "Content-Type": "text/plain",
  "X-TC-Language": "xx-XX",
  Language: "xx-XX",
  contenttype: "xml",
};

/** Well-formed values that name nothing; `UNKNOWN_NAME` for all other parameters. */
const unknownValues: Readonly<Record<string, string>> = {
  "X-TC-Version": "2000-01-01",
  Version: "2000-01-01",
  "X-TC-Region": "nowhere",
  Region: "nowhere",
};
