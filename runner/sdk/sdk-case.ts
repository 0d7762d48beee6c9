/** A case of the SDK gate: a call that the driver makes, what the server answers, and what the SDK must make of it. */
import { type CaseTemplate, toCase } from "../cases/template.ts";
import type { Action, Case, Expectation, Level } from "../model/index.ts";
import type { ScriptedAnswer } from "./server/scripted-answer.ts";

/** What the SDK has to return. */
export type SdkExpectation =
  /** The output of the response. */
  | { readonly result: "output" }
  /** An error of kind `api` with this code. */
  | { readonly result: "code"; readonly code: string }
  /** Any error, within the timeout. */
  | { readonly result: "error" }
  /** Anything; the number of attempts is recorded. */
  | { readonly result: "any" };

export interface SdkCase extends Case {
  readonly answers: readonly ScriptedAnswer[];
  readonly sdkExpects: SdkExpectation;
  /** True where the requests are judged as well as the result. */
  readonly judgesRequests: boolean;
  /** Level of its findings; `may` where the documents do not decide. */
  readonly findingLevel: Level;
  /** Number of retries that the driver sets; undefined where the SDK keeps its default. */
  readonly retries: number | undefined;
  /** True where the server does not answer completely, so that a call without a result is a mistake of the SDK. */
  readonly mayHang: boolean;
  /** Number of calls of the driver with the same members. */
  readonly calls: number;
  /** How the idempotency tokens of the requests are judged; absent where they are not. `kept`: over retries, and as given. */
  readonly tokens?: "filled-in" | "unique" | "kept";
  /** What the driver must be able to do, e.g. `timeout`. */
  readonly needs?: string;
  /** Why the driver cannot make the call. */
  readonly skipReason?: string;
}

/** What a family says of a case. Absent: level `must`, no retries, one answered call. */
export interface SdkTemplate
  extends Pick<SdkCase, "answers" | "sdkExpects">,
    Partial<Pick<SdkCase, "judgesRequests" | "mayHang" | "calls" | "tokens" | "needs">>,
    Pick<CaseTemplate, "place" | "slug" | "title" | "source" | "additionalParameters" | "edit"> {
  readonly level?: Level;
  /** True where the SDK keeps its default number of retries. */
  readonly defaultRetries?: true;
  /** The case of `assay run` whose members are sent. */
  readonly sentCase?: Case;
}

export function toSdkCase(template: SdkTemplate, action: Action, family: string, binding: string): SdkCase {
  const { level = "must", sdkExpects, answers, sentCase, judgesRequests = false, mayHang = false } = template;
  const planned = toCase({ ...template, outcome: "success", rule: null }, action, family, binding);
  const sent = sentCase && {
    members: sentCase.members,
    sample: sentCase.sample,
    edit: sentCase.edit,
    situation: sentCase.situation,
  };
  return {
    ...planned,
    ...sent,
    level,
    title: template.title,
    expect: expectationOfCase(sdkExpects),
    answers,
    sdkExpects,
    judgesRequests,
    mayHang,
    calls: template.calls ?? 1,
    ...(template.tokens === undefined ? {} : { tokens: template.tokens }),
    findingLevel: level,
    retries: template.defaultRetries ? undefined : 0,
    ...(template.needs === undefined ? {} : { needs: template.needs }),
  };
}

/** As reports show it. */
function expectationOfCase(expects: SdkExpectation): Expectation {
  if (expects.result === "output") return { outcome: "success" };
  if (expects.result === "code") return { outcome: "refused", codes: [expects.code] };
  return expects.result === "error" ? { outcome: "refused", codes: ["an error"] } : { outcome: "any" };
}
