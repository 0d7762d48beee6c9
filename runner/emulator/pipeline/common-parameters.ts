/** The common parameters of a binding: there, and of the form that the envelope declares. */
import type { CommonParameter, Schema } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseBreach } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { anchored } from "../text-length.ts";

/** The signature check looks at these, with codes of its own. */
const ofSignature = new Set([
  "Authorization",
  "Content-Type",
  "Host",
  "X-Amz-Date",
  "X-Amz-Security-Token",
  "X-TC-Token",
  "Token",
  "usersig",
]);

/** Such as ap-guangzhou, ap-shanghai-fsi, us-east-1. */
const regionForm = /^[a-z]+-[a-z]+(?:-[a-z0-9]+)*$/;

export function commonParameters(context: RequestContext): EmulatorRefusal | undefined {
  const values = context.received?.common;
  for (const common of context.common) {
    if (ofSignature.has(common.name)) continue;
    const value = values?.get(common.name) ?? "";
    const breach = breachOfCommon(common, value);
    const refused = breach
      ? refuseBreach(
          context,
          common.refusals.get(breach),
          breach === "absent" ? context.codes.absent : context.codes.type,
          {
            at: common.asDocumented.name,
            breach,
            value,
          },
        )
      : region(context, common, value);
    if (refused) return refused;
  }
  return undefined;
}

/** The first keyword that a value breaks; `absent` where it must be there and is not. */
export function breachOfCommon({ required, schema }: CommonParameter, value: string): string | undefined {
  if (value === "") return required ? "absent" : undefined;
  const { type, pattern, minimum, maximum } = schema as Schema & { type?: string };
  const { const: only, enum: some } = schema as { const?: unknown; enum?: readonly unknown[] };
  if (type === "integer" && !/^-?\d+$/.test(value)) return "type";
  if (pattern !== undefined && !anchored(pattern).test(value)) return "pattern";
  if (only !== undefined && String(only) !== value) return "const";
  if (some && !some.map(String).includes(value)) return "enum";
  if (minimum !== undefined && Number(value) < minimum) return "minimum";
  if (maximum !== undefined && Number(value) > maximum) return "maximum";
  return undefined;
}

function region(context: RequestContext, common: CommonParameter, value: string): EmulatorRefusal | undefined {
  if (common.asDocumented.name !== "Region" || value === "" || regionForm.test(value)) return undefined;
  if (value === "null" && context.emulator.leniencies.has("region-null")) return undefined;
  const code = common.refusals.get("unknown")?.codes[0] ?? context.codes.region;
  return refuse(context, code, { at: "Region", breach: "unknown", value });
}
