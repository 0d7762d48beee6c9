/** A breach of a common parameter → calls with that breach, correctly signed. */
import type { Action, CommonParameter } from "../../model/index.ts";
import { type GatewayBreach, isPing } from "../../spec/gateway-rules.ts";
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
    yield gatewayTemplate(action, b, { place, slug, description: `${place} ${value}`, mutation });
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
      return name === "Content-Type" ? [["another", "text/plain"]] : [["malformed", "yesterday"]];
    case "const":
    case "enum":
      return [["another", undocumentedValues[name] ?? "assay"]];
    default:
      if (name !== "X-Amz-Target") return [["unknown", unknownValues[name] ?? UNKNOWN_NAME]];
      return [
        ["unknown", `${action.service.targetPrefix}.${UNKNOWN_NAME}`],
        ...(isPing(action) ? [["another-service", `${UNKNOWN_NAME}.${action.name}`] as const] : []),
      ];
  }
}

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
