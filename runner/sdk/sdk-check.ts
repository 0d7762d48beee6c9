/** A check of the SDK gate: what happened in a case → findings. */
import type { CallMembers, Finding, Json } from "../model/index.ts";
import type { DriverResult } from "./driver/messages.ts";
import type { SdkCase } from "./sdk-case.ts";
import type { ReceivedCall } from "./server/received-call.ts";

/** What happened in a case. */
export interface SdkObservation {
  readonly sdkCase: SdkCase;
  /** The members that the driver was given. */
  readonly members: CallMembers;
  /** At least one, in the order of arrival. */
  readonly received: readonly ReceivedCall[];
  /** What the SDK made of it; undefined where it gave no result in time. */
  readonly result: DriverResult | undefined;
}

/** A finding without the id of its check. Its level is that of the case, unless it has one of its own. */
export type SdkFinding = Pick<Finding, "location" | "expected" | "actual"> & Partial<Pick<Finding, "level">>;

export interface SdkCheck {
  readonly id: string;
  /** `request`: of what the SDK sends. `result`: of what it returns. */
  readonly of: "request" | "result";
  findings(observation: SdkObservation): readonly SdkFinding[];
}

export const difference = (location: string, expected: Json, actual: Json): SdkFinding => ({
  location,
  expected,
  actual,
});

/** `success`, the code of an `api` error, or the kind of another error. */
export function resultName(result: DriverResult | undefined): string {
  if (result === undefined) return "none";
  if (result.kind !== "error") return result.kind === "ok" ? "success" : "unsupported";
  return result.error.kind === "api" ? result.error.code : `${result.error.kind} error`;
}
