/** Exchanges as text: order, length, and which one decides a verdict. */
import { expect, test } from "vitest";
import type { RecordedExchange } from "../../runner/model/index.ts";
import { verdictOf } from "../testing/laws.ts";
import { decisiveExchange, formatExchange } from "./exchange.ts";

const exchange: RecordedExchange = {
  role: "judged",
  action: "p/s/Act",
  request: {
    method: "POST",
    url: "http://h/",
    headers: [
      ["A", "1"],
      ["A", "2\r\nB: 3"],
    ],
    body: { text: "a\0b", bytes: 3 },
  },
  response: { status: 204, headers: [], body: { text: "", bytes: 0 } },
  durationMs: 12.4,
};

test("is written in the order in which it was sent, one line for each header", () => {
  expect(formatExchange(exchange).split("\n")).toEqual([
    "--- judged p/s/Act, 12 ms",
    "POST http://h/",
    "A: 1",
    "A: 2␍␊B: 3",
    "",
    "a␀b",
    "--- response",
    "HTTP 204",
    "",
    "(no body)",
  ]);
});

test("a long body is truncated with a note of its size", () => {
  const text = formatExchange({
    ...exchange,
    request: { ...exchange.request, body: { text: "x".repeat(16384), bytes: 70000 } },
  });
  expect(text).toContain(`${"x".repeat(4096)}… (16384 characters)\n(the body has 70000 bytes; see the log)`);
  expect(text.length).toBeLessThan(5000);
});

test("a missing response has its reason", () => {
  expect(formatExchange({ ...exchange, response: { reason: "reset", detail: "ECONNRESET" } })).toContain(
    "no response: reset (ECONNRESET)",
  );
});

test("the decisive exchange is the judged one, else the last", () => {
  const control = { ...exchange, role: "control" } as const;
  const probe = { ...exchange, role: "probe" } as const;
  expect(decisiveExchange(verdictOf(0, "failed", { exchanges: [control, exchange, probe] }))).toBe(exchange);
  expect(decisiveExchange(verdictOf(0, "failed", { exchanges: [probe, control] }))).toBe(control);
  expect(decisiveExchange(verdictOf(0, "failed"))).toBeUndefined();
});
