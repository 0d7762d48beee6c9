/** Which cases without a response end an action, a service, the target: never those of one family. */
import { beforeEach, expect, test } from "vitest";
import type { Case, Exchange, ExchangeRole } from "../model/index.ts";
import { createGiveUp } from "./give-up.ts";

const caseOf = (service: string, action: string, family: string): Case =>
  ({ action: { id: `${service}/${action}`, service: { id: service } }, family }) as unknown as Case;
const exchange = (role: ExchangeRole): Exchange =>
  ({ role, response: { reason: "timeout", detail: "no response" } }) as unknown as Exchange;

function unanswered(service: string, action: string, families: readonly string[], cases: number, role: ExchangeRole) {
  for (let i = 0; i < cases; i++)
    giveUp.recordNoResponse(caseOf(service, action, families[i % families.length] ?? ""), exchange(role), "");
}

let giveUp = createGiveUp((text) => text);
const start = () => {
  giveUp = createGiveUp((text) => text);
};
beforeEach(start);

const actionReason = (service: string, action: string) => giveUp.actionReason(caseOf(service, action, "valid"));

test("an action is given up first, then its service, then the target", () => {
  unanswered("s", "A", ["boundary", "wrong-type"], 19, "judged");
  expect(actionReason("s", "A")).toBe("");
  unanswered("s", "A", ["boundary"], 1, "judged");
  expect(actionReason("s", "A")).toBe(
    "no more cases are sent to s/A: 20 in a row got no response (timeout: no response)",
  );
  expect([actionReason("s", "B"), giveUp.serviceReason("s")]).toEqual(["", ""]);
  unanswered("s", "B", ["valid"], 20, "judged");
  expect(giveUp.serviceReason("s")).toMatch(/^no more cases are sent to s: 40 in a row/);
  expect([actionReason("s", "C"), actionReason("t", "D")].map((reason) => reason !== "")).toEqual([true, false]);
  unanswered("t", "D", ["valid"], 20, "judged");
  expect(actionReason("u", "E")).toMatch(/^no more cases are sent to the target: 60 in a row/);
  expect(giveUp.problems().map((problem) => problem.split(":")[0])).toEqual(
    ["the target", "t/D", "s", "s/B", "s/A"].map((key) => `no more cases are sent to ${key}`),
  );
});

test("one family, and one control, without a response end no action", () => {
  unanswered("s", "A", ["boundary"], 500, "judged");
  expect(giveUp.problems()).toEqual([]);
  start();
  const control = exchange("control");
  for (let i = 0; i < 500; i++) giveUp.recordNoResponse(caseOf("t", "B", `family-${i}`), control, "");
  expect(giveUp.problems()).toEqual([]);
});

test("a response ends the row", () => {
  for (let i = 0; i < 10; i++) {
    unanswered("s", "A", ["boundary", "wrong-type"], 19, "judged");
    giveUp.recordResponse(caseOf("s", "A", "valid"));
  }
  expect(giveUp.problems()).toEqual([]);
});
