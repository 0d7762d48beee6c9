/** A known-failure file → its entries. */
import { existsSync } from "node:fs";
import type { KnownFailure } from "../model.ts";
import { checkForm } from "../spec/form.ts";
import { readYaml } from "../spec/yaml.ts";
import { Problems, UsageError } from "./usage.ts";

export function readKnown(file: string): KnownFailure[] {
  if (!existsSync(file)) throw new UsageError(`known failures: no file ${file}`);
  const yaml = readYaml(file);
  const faults = checkForm("known", yaml);
  if (faults.length > 0) throw new Problems(faults);
  const { known } = yaml.value as {
    known: (Omit<KnownFailure, "expected" | "actual"> & { expected?: (string | number)[]; actual: string | number })[];
  };
  return known.map((k) => ({ ...k, expected: (k.expected ?? []).map(String), actual: String(k.actual) }));
}
