/** `assay list`: lists cases, actions, rules, conflicts, families, faults or variants. */
import { Argument, type Command } from "commander";
import { createCoverageCounter, NOT_SELECTED } from "../../cases/coverage-counter.ts";
import { documentedElements } from "../../cases/documented-elements.ts";
import { documentedValues } from "../../cases/documented-values.ts";
import { families } from "../../cases/families/index.ts";
import { actionMatcher } from "../../cases/glob.ts";
import { variants } from "../../emulator/variants/index.ts";
import type { Action, Case, DocumentedElement, ElementCoverage, Rule } from "../../model/index.ts";
import { disputesOf } from "../../spec/disputes.ts";
import type { Specs } from "../../spec/load.ts";
import { gatewayRules, rulesOf } from "../../spec/rules.ts";
import { UsageError } from "../errors.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { selectCases } from "../select-cases.ts";
import { selectFaults } from "../select-faults.ts";
import { addSelectionOptions, formatOption, printJson, type SelectionOptions } from "../shared-options.ts";

type ListKind = "cases" | "actions" | "rules" | "conflicts" | "families" | "faults" | "variants";

export function listCommand(program: Command): void {
  const kindArgument = new Argument("<kind>", "what to list").choices([
    "cases",
    "actions",
    "rules",
    "conflicts",
    "families",
    "faults",
    "variants",
  ]);
  addSelectionOptions(
    program.command("list").description("list cases, actions, rules, conflicts, families, faults or variants"),
  )
    .addArgument(kindArgument)
    .addOption(formatOption())
    .action((kind: ListKind, options: SelectionOptions & { format: string }) => {
      const rows = rowsOf(kind, options);
      if (options.format === "json") return printJson([...rows]);
      for (const row of rows) process.stdout.write(`${formatRow(row)}\n`);
    });
}

function* rowsOf(kind: ListKind, options: SelectionOptions): Iterable<object> {
  if (options.select?.length && (kind === "families" || kind === "variants"))
    throw new UsageError(
      `\`list ${kind}\` has no --select and no --exclude; they select cases, actions, rules and faults`,
    );
  if (kind === "families") return yield* families.map((f) => ({ id: f.id, description: f.description }));
  if (kind === "variants")
    return yield* variants.map((v) => ({ id: v.id, description: v.description, freedoms: v.freedoms }));
  const specs = loadValidSpecs(options.specs);
  const isSelected = actionMatcher(options.select ?? []);
  const selected = [...specs.actions.values()].filter(({ id }) => isSelected(id));
  if (kind === "faults")
    return yield* selectFaults(specs, options.select).map(({ id, description, action, family }) => ({
      id,
      description,
      action,
      family,
    }));
  if (kind === "conflicts") return yield* conflictRows(specs, options);
  if (kind === "actions") return yield* selected.map(actionRow);
  if (kind === "rules") return yield* ruleRows(specs, options);
  for (const c of selectCases(specs, options)) yield caseRow(c);
}

/** What the documents leave at odds, with the readings that a target file can name under `conflicts`. */
function* conflictRows({ services }: Specs, { select = [] }: SelectionOptions): Iterable<object> {
  const isSelected = actionMatcher(select);
  for (const { id, description, source, readings } of disputesOf(services.values()))
    if (select.length === 0 || isSelected(id.split("/conflict/")[0] ?? ""))
      yield {
        id,
        description,
        source,
        readings: Object.fromEntries(
          [...readings].map(([name, outcome]) => [name, outcome === "success" ? "accepted" : outcome.codes]),
        ),
      };
}

/** The rules, then all other documented elements, each with the number of selected cases that exercise it, or the reason why none does. */
function* ruleRows(specs: Specs, options: SelectionOptions): Iterable<object> {
  const counter = createCoverageCounter();
  for (const c of selectCases(specs, options)) counter.add(c);
  const coverage = new Map([...counter.lines()].flatMap(({ elements }) => elements.map((e) => [e.id, e])));
  // Depth `standard` has at least one case of each rule and code that any case tests.
  const isComplete = !options.select?.length && !options.readOnly && options.depth !== "quick";
  const noCaseReason = isComplete ? "no case exists" : NOT_SELECTED;
  const actions = [...specs.actions.values()].filter(
    (a) => !options.select?.length || coverage.has(mainBindingElement(a)),
  );
  for (const rule of actions.flatMap((a) => [...rulesOf(a), ...gatewayRules(a)]))
    yield { ...rule, element: "rule", ...coverageColumns(coverage.get(rule.id), noCaseReason) };
  for (const e of actions.flatMap(documentedElements))
    if (e.kind !== "rule")
      yield {
        ...elementAsRuleRow(e),
        element: e.kind,
        ...coverageColumns(coverage.get(e.id), e.notCoveredReason ?? noCaseReason),
      };
  for (const action of actions) {
    // Every accepted call reads the values that are compared.
    const cases = Math.max(0, ...coverageOf(action, coverage));
    for (const { kind, notCoveredReason, ...value } of documentedValues(action))
      yield {
        ...elementAsRuleRow({ ...value, kind: "output" }),
        breach: kind,
        element: kind,
        ...(notCoveredReason === undefined && cases > 0
          ? { cases }
          : { cases: 0, notCoveredReason: notCoveredReason ?? noCaseReason }),
      };
  }
}

/** The numbers of cases that are expected to be accepted. */
const coverageOf = ({ id }: Action, coverage: ReadonlyMap<string, ElementCoverage>): number[] =>
  [...coverage.values()].flatMap((e) => (e.kind === "output" && e.id.startsWith(`${id}/`) ? [e.cases] : []));

/** Id of an element that every action has, and that any selected case of the action covers. */
const mainBindingElement = (action: Action): string => `${action.id}/binding/${action.service.bindings[0]}`;

/** `otherwise`: the reason where the spec has none. */
const coverageColumns = (coverage: ElementCoverage | undefined, otherwise: string): object => {
  const { cases = 0, notCoveredReason = otherwise } = coverage ?? {};
  if (cases > 0) return { cases };
  return { cases, notCoveredReason: notCoveredReason === NOT_SELECTED ? otherwise : notCoveredReason };
};

/** Gives an element that is not a rule the fields of a rule, so that all rows have the same shape. */
function elementAsRuleRow({ id, action, kind, name, source }: DocumentedElement): Rule {
  const codes = kind === "code" ? [name] : [];
  return { id, action, path: name, breach: kind, value: null, level: "must", codes, source };
}

/** All documented data of an action, from the same model that the families read. */
function actionRow(action: Action): object {
  const commonTypes = new Map(
    [...action.service.envelope.common.values()].flat().map((c) => [c.asDocumented.name, c.asDocumented.type]),
  );
  const commonRequired = new Map(
    [...action.service.envelope.common.values()].flat().map((c) => [c.asDocumented.name, c.required]),
  );
  return {
    id: action.id,
    action: action.name,
    version: action.service.version,
    document: action.source.document ?? action.source.url,
    description: action.description,
    ...(action.rateLimit === undefined ? {} : { rateLimit: action.rateLimit }),
    parameters: [
      ...action.commonParameters.map((name) => ({
        name,
        required: commonRequired.get(name) ?? false,
        type: commonTypes.get(name) ?? "String",
      })),
      ...action.parameters.map((p) => ({ name: p.asDocumented.name, required: p.required, type: p.asDocumented.type })),
    ],
    errors: [...action.errors.keys()],
    samples: action.samples.map(({ title, request, response }) => ({ title, request, response })),
    rules: rulesOf(action).map(({ id, breach, path, value, level, codes }) => ({
      id,
      breach,
      path,
      value,
      level,
      codes,
    })),
  };
}

function caseRow(c: Case): object {
  const { id, family, level, binding, expect, rule, source } = c;
  return { id, family, action: c.action.id, level, binding, expect, rule, source };
}

function formatRow(row: object): string {
  const r = row as {
    id: string;
    description?: string;
    level?: string;
    codes?: string | string[];
    expect?: { outcome: string; codes?: string[] };
    cases?: number;
    notCoveredReason?: string;
    readings?: Readonly<Record<string, string | readonly string[]>>;
  };
  const readings = Object.entries(r.readings ?? {}).map(
    ([name, outcome]) => `${name}: ${typeof outcome === "string" ? outcome : `refused with ${outcome.join(" or ")}`}`,
  );
  const expected = r.expect ? [r.expect.outcome, ...(r.expect.codes ?? [])].join(" ") : "";
  return [
    r.id,
    r.description ?? "",
    r.level ?? "",
    expected,
    r.codes === undefined ? "" : [r.codes].flat().join(" "),
    r.cases === undefined ? "" : `cases: ${r.cases}`,
    r.notCoveredReason ?? "",
    readings.join("; "),
  ]
    .filter(Boolean)
    .join("  ");
}
