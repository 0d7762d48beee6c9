/** Every way to be wrong has a fault: each rule keyword, family, check, stage, protocol, binding and change of state. */
import { expect, test } from "vitest";
import { faults } from "../../../runner/emulator/faults/index.ts";
import { specsOf } from "../../vitest.ts";
import { detectionMatrix, impliedCells } from "./detection-matrix.ts";

/** Cells that no fault can fill, and why. */
const empty: Readonly<Record<string, string>> = {
  "keyword:is-null/strict": "no document allows a null anywhere, and none forbids it where a member is optional",
  "stage:route": "no case leaves the documented path: what answers there is another server",
  "stage:pace": "no case calls faster than its action may be called: a run is no test of throttling",
  "state:tencent/im/account_import/undone": "no action looks an account up; its spec says so",
  "state:tencent/im/account_delete/undone": "no action looks an account up; its spec says so",
};

const table = detectionMatrix(specsOf());
const filled = new Set(
  faults.flatMap(({ family, detects }) => [
    `family:${family}`,
    ...(detects === undefined ? [] : [detects, ...impliedCells(detects)]),
  ]),
);

test("each cell is filled, or empty for a reason", () => {
  expect(table.filter((cell) => !filled.has(cell) && !(cell in empty))).toEqual([]);
});

test("no reason is given for a cell that is filled, or that is none", () => {
  expect(Object.keys(empty).filter((cell) => filled.has(cell) || !table.includes(cell))).toEqual([]);
});

test("each fault names a cell of the table", () => {
  const none = faults.filter(({ detects }) => detects === undefined || !table.includes(detects));
  expect(none.map(({ id, detects }) => `${id}: ${detects}`)).toEqual([]);
});
