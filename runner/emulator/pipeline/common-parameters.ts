/** Checks that each common parameter of the binding is present and has the form that the envelope declares. */
import type { CommonParameter, Schema } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseBreach } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { anchored } from "../text-length.ts";

/** The signature check examines these and has codes of its own. */
const checkedWithSignature = new Set([
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
const regionPattern = /^[a-z]+-[a-z]+(?:-[a-z0-9]+)*$/;

export function checkCommonParameters(context: RequestContext): EmulatorRefusal | undefined {
  const values = context.received?.common;
  for (const common of context.commonParameters) {
    if (checkedWithSignature.has(common.name)) continue;
    const value = values?.get(common.name) ?? "";
    const breach = findCommonParameterBreach(common, value);
    const refusal = breach
      ? refuseBreach(
          context,
          common.refusals.get(breach),
          breach === "absent" ? context.codes.absent : context.codes.type,
          {
            parameter: common.asDocumented.name,
            breach,
            value,
          },
        )
      : checkRegion(context, common, value);
    if (refusal) return refusal;
  }
  return undefined;
}

/** The first keyword that a value breaks; `absent` for a required parameter without a value. */
export function findCommonParameterBreach({ required, schema }: CommonParameter, value: string): string | undefined {
  if (value === "") return required ? "absent" : undefined;
  const { type, pattern, minimum, maximum } = schema as Schema & { type?: string };
  const { const: constant, enum: choices } = schema as { const?: unknown; enum?: readonly unknown[] };
  if (type === "integer" && !/^-?\d+$/.test(value)) return "type";
  if (pattern !== undefined && !anchored(pattern).test(value)) return "pattern";
  if (constant !== undefined && String(constant) !== value) return "const";
  if (choices && !choices.map(String).includes(value)) return "enum";
  if (minimum !== undefined && Number(value) < minimum) return "minimum";
  if (maximum !== undefined && Number(value) > maximum) return "maximum";
  return undefined;
}

function checkRegion(context: RequestContext, common: CommonParameter, value: string): EmulatorRefusal | undefined {
  if (common.asDocumented.name !== "Region" || value === "" || regionPattern.test(value)) return undefined;
  if (value === "null" && context.emulator.leniencies.use("region-null")) return undefined;
  const code = common.refusals.get("unknown")?.codes[0] ?? context.codes.region;
  return refuse(context, code, { parameter: "Region", breach: "unknown", value });
}
