/** Every report against every law. */
import { describe, expect, test } from "vitest";
import { reports } from "../index.ts";
import { laws } from "./laws.ts";

describe.each(reports)("$id", (report) => {
  test.each(laws)("$name", (law) => {
    law.check(report);
  });
});

test("ids and files are unique", () => {
  for (const key of ["id", "file"] as const) {
    const names = reports.map((report) => report[key]).filter((name) => name !== null);
    expect(new Set(names).size).toBe(names.length);
  }
});
