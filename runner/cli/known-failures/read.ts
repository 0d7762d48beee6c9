/** A known-failure file → its entries. Throws all problems of the file at once. */
import { existsSync } from "node:fs";
import { globMatcher } from "../../cases/glob.ts";
import { findingSignature } from "../../check/finding-signature.ts";
import { endOfDay, type KnownFailureList, knownList } from "../../check/known-failures.ts";
import type { Json, KnownFailure } from "../../model/index.ts";
import type { Specs } from "../../spec/load.ts";
import type { Problem } from "../../spec/problem.ts";
import { validateAgainstSchema } from "../../spec/schema/validate-file.ts";
import { readYaml, type YamlFile } from "../../spec/yaml/yaml-file.ts";
import { ProblemsError, UsageError } from "../errors.ts";
import { selectCases } from "../select-cases.ts";

type RawEntry = Omit<KnownFailure, "expected" | "actual" | "listedAt"> & {
  readonly expected?: Json;
  readonly actual: Json;
};

export function readKnown(file: string): KnownFailure[] {
  if (!existsSync(file))
    throw new UsageError(`known-failure list ${file}: file not found; create it or name another one with --known`);
  const yaml = readYaml(file);
  const problems = knownProblems(yaml);
  if (problems.length > 0) throw new ProblemsError(problems);
  return toEntries(yaml.value).map((entry, i) => {
    const { line, column } = yaml.problem(["known", i], "");
    return { ...entry, listedAt: `${file}:${line}:${column}` };
  });
}

/**
 * The parsed content of a valid file → its entries, with what a finding has in every run: an entry may be the copy of a finding of
 * one run, with its list indexes and values.
 */
export const toEntries = (value: unknown): KnownFailure[] =>
  (value as { known: RawEntry[] }).known.map(({ expected = [], ...k }) => ({
    ...k,
    ...findingSignature({ ...k, level: "must", expected }),
  }));

/** The problems for which `lint` and `run` reject the file. */
export function knownProblems(yaml: YamlFile): Problem[] {
  const schemaProblems = validateAgainstSchema("known", yaml);
  if (schemaProblems.length > 0) return schemaProblems;
  return toEntries(yaml.value).flatMap(({ case: glob, reason, expires }, i) => {
    const problemAt = (key: string, message: string): Problem =>
      yaml.problem(["known", i, key], `known.${i}.${key}: ${message}`);
    return [
      ...(/^\/|\/\/|\/$|[^A-Za-z0-9._@/*-]/.test(glob)
        ? [problemAt("case", `no case id can match this glob; ${GLOB_REMEDY}`)]
        : []),
      ...(reason.trim() === "" ? [problemAt("reason", "is blank; say why this failure is accepted for now")] : []),
      ...(expires !== undefined && endOfDay(expires) === undefined
        ? [problemAt("expires", `${expires} is not a date of the calendar; expected a date such as 2027-06-30`)]
        : []),
    ];
  });
}

const GLOB_REMEDY = "expected an id or a glob such as tencent/iai/CreateGroup/boundary/**";

/** The ids of all cases at every depth. */
export function* allCaseIds(specs: Specs): Iterable<string> {
  for (const c of selectCases(specs, { depth: "exhaustive" })) yield c.id;
}

/** `now`: milliseconds. `optional`: the file need not exist, because this run creates it. Without a file the list is empty. */
export function loadKnownFailures(
  file: string | undefined,
  specs: Specs,
  now: number,
  optional = false,
): KnownFailureList {
  const isEmpty = file === undefined || (optional && !existsSync(file));
  return knownList(
    isEmpty ? [] : readKnown(file),
    (glob) => globMatcher([glob]),
    now,
    () => allCaseIds(specs),
  );
}
