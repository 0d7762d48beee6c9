/** The answer to a sample and the documented one → where their shapes differ. */
import type { Finding, Json } from "../model.ts";
import { typeName } from "./schemas.ts";

/** A type that differs is a fault; a documented member that is not there may have become optional: a warning. */
export function sampleFindings(documented: Json, actual: Json | undefined, at = ""): Finding[] {
  if (actual === undefined) {
    return documented === "" || isEmptyObject(documented)
      ? []
      : [finding("should", at, typeName(documented), "absent")];
  }
  const [wanted, had] = [kind(documented), kind(actual)];
  if (wanted !== had) return [finding("must", at, wanted, typeName(actual))];
  if (wanted === "array") {
    const [first] = documented as Json[];
    return first === undefined
      ? []
      : (actual as Json[]).slice(0, 1).flatMap((item) => sampleFindings(first, item, `${at}/0`));
  }
  if (wanted !== "object") return [];
  const members = documented as Record<string, Json>;
  return Object.entries(members).flatMap(([name, value]) =>
    sampleFindings(value, (actual as Record<string, Json>)[name], `${at}/${name}`),
  );
}

const isEmptyObject = (value: Json): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

const kind = (value: Json): string => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value);

const finding = (level: "must" | "should", at: string, expected: string, actual: string): Finding => ({
  check: "sample",
  level,
  at,
  expected,
  actual,
});
