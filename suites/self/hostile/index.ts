/** All hostile behaviours, their activations, and the statuses that each case may then have. */
import type { Status } from "../../../runner/model/index.ts";
import {
  type Activation,
  type EnvelopeKind,
  expectAnyVerdict,
  expectClosed,
  expectExcusedCode,
  expectedVerdicts,
  type HostileBehaviour,
  onlyAlways,
} from "./behaviour.ts";
import { bodies } from "./bodies.ts";
import { connections } from "./connections.ts";
import { contents } from "./content.ts";
import { headers } from "./headers.ts";
import type { ProxiedRequest } from "./proxy.ts";

export const behaviours: readonly HostileBehaviour[] = [...connections, ...headers, ...bodies, ...contents];

export interface HostileRow {
  readonly behaviour: HostileBehaviour;
  readonly activation: Activation;
}

/** Each row is tested by one run. */
export const hostileRows: readonly HostileRow[] = behaviours.flatMap((behaviour) =>
  activationsOf(behaviour).map((activation) => ({ behaviour, activation })),
);

function activationsOf({ activations, onConnect, endsByTimeout }: HostileBehaviour): readonly Activation[] {
  return activations ?? (onConnect || endsByTimeout ? onlyAlways : ["always", "refusals"]);
}

export const rowName = ({ behaviour, activation }: HostileRow): string => `${behaviour.id} ${activation}`;

/** Number of requests that get normal responses before the activation `later`. */
const NORMAL_REQUESTS_BEFORE_LATER = 12;

const creates = /^(?:Create|Add|create_|add_|account_import)/;

/** Whether the behaviour is active for a request, by activation. */
export const isActive: { readonly [activation in Activation]: (request: ProxiedRequest) => boolean } = {
  always: () => true,
  refusals: ({ refused, ping }) => refused && !ping,
  changes: ({ action }) => creates.test(action),
  later: ({ index }) => index >= NORMAL_REQUESTS_BEFORE_LATER,
};

/** Globs of the cases of a run whose rows change what a response says: reading and mutating calls, accepted and refused ones, of each protocol. */
const everyKind: readonly string[] = [
  "tencent/iai/GetGroupList/{valid,boundary,repeated-key}/**",
  "tencent/organization/ListUsers/{valid,boundary}/**",
  "tencent/organization/ListUsers/missing-member/ZoneId/absent@*",
  "tencent/iai/CreateGroup/valid/**",
  "tencent/iai/CreateGroup/boundary/{GroupId,GroupName,Tag}/**",
  "tencent/iai/CreateGroup/duplicate/GroupId/**",
  "tencent/organization/CreateGroup/valid/call/minimal@*",
  "tencent/im/get_role_in_group/{valid,missing-member}/**",
  "tencent/im/add_group_member/valid/**",
  "aws/rekognition/DescribeCollection/{valid,boundary,missing-member}/**",
].flatMap(alternatives);

/** Some of them: of each envelope an accepted call, a create, a refusal by a rule and by a state, and an undecided outcome. */
const oneOfEachKind: readonly string[] = [
  "tencent/iai/GetGroupList/valid/**",
  "tencent/iai/GetGroupList/boundary/Limit/**",
  "tencent/iai/GetGroupList/repeated-key/**",
  "tencent/iai/CreateGroup/valid/**",
  "tencent/iai/CreateGroup/duplicate/GroupId/**",
  "tencent/im/get_role_in_group/valid/**",
  "tencent/im/get_role_in_group/missing-member/GroupId/absent@*",
  "tencent/im/get_role_in_group/missing-member/situation/**",
  "tencent/im/add_group_member/valid/**",
  "aws/rekognition/DescribeCollection/valid/**",
  "aws/rekognition/DescribeCollection/missing-member/CollectionId/absent@*",
  "aws/rekognition/DescribeCollection/missing-member/situation/**",
];

/** Cases that depend on the target's clock; they are planned only from standard depth. */
const everyWindow: readonly string[] = ["tencent/iai/GetGroupList/signature/window/*@tc3-post"];
const oneWindow: readonly string[] = [
  "tencent/iai/GetGroupList/signature/window/{299,301}-seconds-old@tc3-post",
].flatMap(alternatives);

/** Whether every row is tested, with all cases. */
export const isExhaustive = process.env["ASSAY_HOSTILE"] === "all";

/** Globs of the cases of a run, and of those that are planned only from standard depth. */
export interface CaseGlobs {
  readonly quick: readonly string[];
  readonly standard: readonly string[];
}

const everyCase: CaseGlobs = { quick: everyKind, standard: everyWindow };
const fewCases: CaseGlobs = { quick: oneOfEachKind, standard: oneWindow };

/** How a response is delivered, or that its body is no envelope, is the same for each action; what an envelope contains is not. */
const rowsOfDelivery = new Set(hostileRows.filter(({ behaviour }) => !contents.includes(behaviour)).map(rowName));

export const casesOfRow = (name: string): CaseGlobs =>
  !isExhaustive && rowsOfDelivery.has(name) ? fewCases : everyCase;

/** Expands `{a,b}`, which the globs of `--select` do not support. */
function alternatives(glob: string): string[] {
  const [, before = "", options = "", after = ""] = /^(.*)\{(.*)\}(.*)$/.exec(glob) ?? [];
  return options === "" ? [glob] : options.split(",").map((option) => before + option + after);
}

/** What determines the acceptable statuses of a case. */
export interface CaseSummary {
  readonly id: string;
  readonly status: Status;
  readonly outcome: "success" | "refused" | "any";
  /** Status of the case in a run without hostile behaviour. */
  readonly statusWithoutHostility: Status;
}

const envelopeOf = (id: string): EnvelopeKind =>
  id.startsWith("aws/") ? "aws" : id.startsWith("tencent/im/") ? "im" : "cloud";

/** Cases that read only, need no resource and have no control: their verdict depends on their own response only. */
const independentCase = /^tencent\/(?:iai\/GetGroupList|organization\/ListUsers)\/valid\/call\/minimal@/;

/** Cases of the time window must send their call within one second, and are indeterminate if they cannot. */
const timeWindowCase = /\/signature\/window\//;

/** The statuses that are correct for this case. */
export function acceptableStatuses(
  { behaviour, activation }: HostileRow,
  { id, outcome, statusWithoutHostility }: CaseSummary,
): readonly Status[] {
  const envelope = envelopeOf(id);
  const { accepted, refused } = expectedVerdicts(behaviour, envelope);
  if (activation === "always" && independentCase.test(id)) return accepted;
  const allStatuses = [...accepted, ...refused];
  // A case with undecided outcome is `observed` where another case would be `passed`.
  const byOutcome = { success: accepted, refused, any: allStatuses.map((s) => (s === "passed" ? "observed" : s)) }[
    outcome
  ];
  const unchangedResponse = behaviour.changesSomeResponses ? [statusWithoutHostility] : [];
  const authCase: readonly Status[] =
    refused === expectExcusedCode.refused && timeWindowCase.test(id) ? ["failed"] : [];
  const connectionFailure: readonly Status[] =
    behaviour.endsByTimeout || canDisturbOtherCalls(behaviour) || timeWindowCase.test(id) ? ["indeterminate"] : [];
  // The control of a refusal is accepted, and the ping of the service gets a response.
  const isClosed = refused === expectClosed.refused;
  if (isClosed && activation === "refusals" && outcome === "refused" && !timeWindowCase.test(id)) return ["failed"];
  if (isClosed && activation === "changes") return [statusWithoutHostility, "indeterminate", "failed"];
  if (activation === "refusals") {
    if (outcome === "success")
      return [
        statusWithoutHostility,
        ...connectionFailure,
        ...(refused === expectAnyVerdict.refused ? expectAnyVerdict.accepted : []),
      ];
    return [
      ...byOutcome,
      ...connectionFailure,
      ...unchangedResponse,
      ...authCase,
      ...(outcome === "any" ? [statusWithoutHostility] : []),
    ];
  }
  // Cases depend on valid calls (set-up, control, ping). The pings of IM and AWS are refused calls, so these also need unchanged refusals.
  const validCallsWork = accepted.includes("passed");
  const dependency: readonly Status[] =
    allPassed(accepted) && (envelope === "cloud" || allPassed(refused)) ? connectionFailure : ["indeterminate"];
  if (activation === "always")
    return [
      ...(validCallsWork ? byOutcome : byOutcome.filter((s) => s !== "passed")),
      ...dependency,
      ...unchangedResponse,
    ];
  // The postconditions of a passed case are further calls, which the behaviour may affect.
  return [
    ...byOutcome,
    ...(allPassed(allStatuses) ? connectionFailure : (["indeterminate"] as const)),
    statusWithoutHostility,
  ];
}

const allPassed = (statuses: readonly Status[]): boolean => statuses.every((status) => status === "passed");

/** Whether the behaviour may break a connection, or leave bytes on it, that another call uses. */
const canDisturbOtherCalls = (behaviour: HostileBehaviour): boolean =>
  (["cloud", "im", "aws"] as const).some((envelope) =>
    expectedVerdicts(behaviour, envelope).refused.includes("indeterminate"),
  );
