/** Every cell of the detection matrix (rule keyword, family, check, stage, protocol, binding, change of state) is covered by a fault. */
import { expect, test } from "vitest";
import { faultsOf } from "../../../runner/emulator/faults/index.ts";
import { specsOf } from "../../vitest.ts";
import { detectionMatrix, impliedCells } from "./detection-matrix.ts";

const UNDECIDED_INDEX = "no document says whether an index of PersonExDescriptionInfos may occur twice";

/** Cells that no fault can cover, with the reason. */
const uncoveredCells: Readonly<Record<string, string>> = {
  "keyword:is-null/strict": "no document allows a null anywhere, and none forbids it where a member is optional",
  "keyword:format/lax": "only URLs of FaceUrl have a format, and no document says what another text gets",
  "keyword:format/strict": "every case that has to succeed sends a URL, which the reference emulator does not read",
  "keyword:format/code": "no document says what a text that is no URL gets",
  "keyword:x-uniqueBy/lax": UNDECIDED_INDEX,
  "keyword:x-uniqueBy/strict": UNDECIDED_INDEX,
  "keyword:x-uniqueBy/code": UNDECIDED_INDEX,
  "stage:route": "no case uses an undocumented path, which may belong to another server",
  "stage:forced code": "the user of the emulator chooses these codes, and a run has none",
  "stage:pace": "no case exceeds the rate limit of its action, since a run does not test throttling",
  "state:tencent/im/account_import/undone": "no action reads an account, as its spec states",
  "state:tencent/im/account_delete/undone": "no action reads an account, as its spec states",
};

const matrix = detectionMatrix(specsOf());
const { named: faults } = faultsOf(specsOf().services);
const coveredCells = new Set(
  faults.flatMap(({ family, detects }) => [
    `family:${family}`,
    ...(detects === undefined ? [] : [detects, ...impliedCells(detects)]),
  ]),
);

test("each cell is covered by a fault, or listed with a reason", () => {
  expect(matrix.filter((cell) => !coveredCells.has(cell) && !(cell in uncoveredCells))).toEqual([]);
});

test("no reason is listed for a cell that is covered or does not exist", () => {
  expect(Object.keys(uncoveredCells).filter((cell) => coveredCells.has(cell) || !matrix.includes(cell))).toEqual([]);
});

test("each fault names a cell of the matrix", () => {
  const withoutCell = faults.filter(({ detects }) => detects === undefined || !matrix.includes(detects));
  expect(withoutCell.map(({ id, detects }) => `${id}: ${detects}`)).toEqual([]);
});
