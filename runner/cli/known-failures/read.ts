/** A known-failure file → its entries, or all that is wrong with it. */
import { existsSync } from "node:fs";
import { globMatcher } from "../../cases/glob.ts";
import { endOfDay, type KnownFailureList, knownList } from "../../check/known-failures.ts";
import type { KnownFailure } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import type { Problem } from "../../spec/problem.ts";
import { validateAgainstSchema } from "../../spec/schema/validate-file.ts";
import { readYaml, type YamlFile } from "../../spec/yaml/yaml-file.ts";
import { ProblemsError, UsageError } from "../errors.ts";
import { selectCases } from "../select-cases.ts";

type RawEntry = Omit<KnownFailure, "expected" | "actual" | "listedAt"> & {
  readonly expected?: readonly (string | number)[];
  readonly actual: string | number;
};

export function readKnown(file: string): KnownFailure[] {
  if (!existsSync(file)) throw new UsageError(`known failures: no file ${file}`);
  const yaml = readYaml(file);
  const faults = knownProblems(yaml);
  if (faults.length > 0) throw new ProblemsError(faults);
  return toEntries(yaml.value).map((entry, i) => {
    const { line, column } = yaml.problem(["known", i], "");
    return { ...entry, listedAt: `${file}:${line}:${column}` };
  });
}

/** The value of a well-formed file → its entries. Codes may be written as numbers. */
export const toEntries = (value: unknown): KnownFailure[] =>
  (value as { known: RawEntry[] }).known.map((k) => ({
    ...k,
    expected: (k.expected ?? []).map(String),
    actual: String(k.actual),
  }));

/** What `lint` and `run` refuse. */
export function knownProblems(yaml: YamlFile): Problem[] {
  const faults = validateAgainstSchema("known", yaml);
  if (faults.length > 0) return faults;
  return toEntries(yaml.value).flatMap(({ case: glob, reason, expires }, i) => {
    const fault = (key: string, words: string): Problem =>
      yaml.problem(["known", i, key], `known.${i}.${key}: ${words}`);
    return [
      ...(/^\/|\/\/|\/$|[^A-Za-z0-9._@/*-]/.test(glob)
        ? [fault("case", `no case id is like that; ${GLOB_REMEDY}`)]
        : []),
      ...(reason.trim() === "" ? [fault("reason", "is blank; say why this failure is accepted for now")] : []),
      ...(expires !== undefined && endOfDay(expires) === undefined
        ? [fault("expires", `${expires} is no day of the calendar; expected one such as 2027-06-30`)]
        : []),
    ];
  });
}

const GLOB_REMEDY = "expected an id or a glob such as tencent/iai/CreateGroup/boundary/**";

/** The ids of all cases at every depth. */
export function* allCaseIds(specs: Specs): Iterable<string> {
  for (const c of selectCases(specs, { depth: "exhaustive" })) yield c.id;
}

/** `now`: milliseconds. `mayLack`: a file that is only to be made by this run need not be there. */
export function loadKnownFailures(
  file: string | undefined,
  specs: Specs,
  now: number,
  optional = false,
): KnownFailureList {
  const none = file === undefined || (optional && !existsSync(file));
  return knownList(
    none ? [] : readKnown(file),
    (glob) => globMatcher([glob]),
    now,
    () => allCaseIds(specs),
  );
}
