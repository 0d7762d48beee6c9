/** Members that a spec writes for a call of set-up, a probe or a preceding call → those that the called action does not declare or that break its schema. */
import { breachesOf } from "../cases/constraint-breaches.ts";
import { minimalParameters } from "../cases/sent-parameters.ts";
import type {
  Action,
  CallMembers,
  Json,
  Parameter,
  Resource,
  ResourceState,
  Service,
  Situation,
} from "../model/index.ts";
import { isCaseToken } from "../spec/case-token.ts";
import { suggestNames } from "../spec/problem.ts";
import type { ReportProblem, YamlPath } from "../spec/yaml/yaml-file.ts";
import { satisfies } from "../values/satisfies.ts";
import { isOfSchemaType } from "./json-schema.ts";
import { lintListedEntry } from "./list-entries.ts";

/** `id`, `container` and `input.X` of a probe: values that are known when the call is sent, as are tokens. */
const PLACEHOLDER = /^(id|container|input\..+)$/;

const hasPlaceholder = (value: Json): boolean =>
  typeof value === "object" && value !== null
    ? Object.values(value).some(hasPlaceholder)
    : isCaseToken(value) || (typeof value === "string" && PLACEHOLDER.test(value));

/** Nothing is reported where the called action does not exist, which is a problem of its own. */
export function lintCallMembers(
  called: Action | undefined,
  members: CallMembers,
  path: YamlPath,
  report: ReportProblem,
): void {
  for (const [name, value] of Object.entries(called ? members : {})) {
    const parameter = lintParameterName(called, name, [...path, name], report);
    const problem = parameter && !hasPlaceholder(value) ? valueProblem(parameter, value) : undefined;
    if (problem !== undefined) report([...path, name], `${called?.name} would refuse the value: it ${problem}`);
  }
}

function lintParameterName(
  called: Action | undefined,
  name: string,
  path: YamlPath,
  report: ReportProblem,
): Parameter | undefined {
  const parameter = called?.parameters.find((p) => p.name === name);
  if (called && !parameter) {
    const names = called.parameters.map((p) => p.name);
    report(path, `${called.name} has no parameter "${name}"${suggestNames(name, names)}`, true);
  }
  return parameter;
}

/** Completes a sentence that begins with the value. A value whose refusal no document decides is no problem. */
function valueProblem(p: Parameter, value: Json): string | undefined {
  if (!isOfSchemaType(p.schema, value)) return `is not of the type ${[p.schema.type].flat().join(" or ")}`;
  const breach = breachesOf(p, value).find(({ breach: key, place }) => place.refusals.get(key)?.level !== "may");
  if (breach) return breach.problem;
  // Of the keywords without a breach no entry of `refusals` says that the value may be accepted.
  return breachesOf(p, value).length > 0 || satisfies(p.schema, value, p.anchored) ? undefined : "breaks its schema";
}

/** The values that valid calls are to send. */
export function lintPositiveValues(p: Parameter, path: YamlPath, report: ReportProblem): void {
  for (const { path: at, schema, positiveValues } of p.places)
    for (const [i, value] of (Array.isArray(positiveValues?.values) ? positiveValues.values : []).entries())
      if (!satisfies(schema, value as Json, p.anchored))
        report([...path, "places", at, "positiveValues", "values", i], "breaks the schema; correct it or the schema");
  const { values } = p.positiveValues ?? {};
  for (const [i, value] of (Array.isArray(values) ? values : []).entries()) {
    const problem = valueProblem(p, value as Json);
    if (problem !== undefined)
      report([...path, "positiveValues", "values", i], `is no valid value: it ${problem}; correct it or the schema`);
  }
}

/** `createMembers` of a state, which the action that creates the resource sends. */
export function lintCreateMembers(
  { actions, resources }: Service,
  state: ResourceState,
  path: YamlPath,
  report: ReportProblem,
): void {
  const called = actions.get(resources.get(state.resource)?.create ?? "");
  lintCallMembers(called, state.createMembers, [...path, "createMembers"], report);
}

/** The calls that create, find and probe a resource. */
export function lintResourceCalls({ actions }: Service, r: Resource, path: YamlPath, report: ReportProblem): void {
  const creatingAction = actions.get(r.create ?? "");
  lintCallMembers(creatingAction, r.createMembers, [...path, "createMembers"], report);
  const calls: [path: YamlPath, call: { call: string; members: CallMembers; pagination?: unknown }, listed: Json][] = [
    ...[...r.probes].map(([name, p]): (typeof calls)[number] => [
      [...path, "probes", name],
      p,
      { ...p.expectListed, ...p.expectNotListed },
    ]),
    ...(r.lookup ? [[[...path, "lookup"], r.lookup, r.lookup.match] as (typeof calls)[number]] : []),
  ];
  for (const [name, { call, expectListed, expectNotListed }] of r.probes)
    for (const [key, listed] of Object.entries({ expectListed, expectNotListed }))
      if (listed) lintListedEntry(actions.get(call), listed, [...path, "probes", name, key], report);
  if (r.lookup) {
    const { call, listPointer, idMember, match } = r.lookup;
    const listed = { listPointer, [idMember]: "id", ...match };
    lintListedEntry(actions.get(call), listed, [...path, "lookup"], report);
  }
  for (const [callPath, { call, members, pagination }, listed] of calls) {
    const called = actions.get(call);
    lintCallMembers(called, members, [...callPath, "members"], report);
    const { parameter } = (pagination ?? {}) as { parameter?: string };
    if (parameter !== undefined) lintParameterName(called, parameter, [...callPath, "pagination", "parameter"], report);
    for (const [name, value] of Object.entries({ ...members, ...(listed as CallMembers) })) {
      const input = typeof value === "string" ? /^input\.([^.[]+)/.exec(value)?.[1] : undefined;
      const inMembers = name in members ? ["members", name] : [name];
      if (input !== undefined) lintParameterName(creatingAction, input, [...callPath, ...inMembers], report);
    }
  }
}

/** Another action than the judged one gets those members of the judged call that it declares, and needs a value for each required one. */
export function lintRequiredMembers(
  action: Action,
  situation: Situation,
  index: number,
  called: Action | undefined,
  report: ReportProblem,
): void {
  const { name, precedingCalls, where, additionalMembers } = situation;
  const { members = {}, where: states = new Map() } = precedingCalls[index] ?? {};
  const sent = [...minimalParameters(action), ...where.keys(), ...states.keys()];
  for (const p of called?.parameters ?? []) {
    if (!p.required || sent.includes(p.name) || p.name in additionalMembers || p.name in members) continue;
    report(
      ["situations", name, "precedingCalls", index],
      `${called?.name} requires ${p.name}, which the call of ${action.name} does not send; add it to \`members\``,
    );
  }
}
