/** Each edit changes one part of a request's text and nothing else. */
import { describe, expect, test } from "vitest";
import type { HttpRequest, RequestEdit } from "../model/index.ts";
import { applyEdits } from "./edit.ts";

const request: HttpRequest = {
  method: "POST",
  path: "/v4/a/b?x=1&y=%2F&x.0=2",
  headers: [
    ["Host", "here"],
    ["X-One", "first"],
    ["x-one", "second"],
  ],
  body: '{"A":"a","B":[1]}',
};
const form: HttpRequest = { ...request, path: "/", body: "Name=a%26b&Ids.0=1&Ids.1=2" };
const applyOne = (edit: RequestEdit, original = request) => applyEdits(original, [edit]);

describe("each edit changes the named part", () => {
  test.each<[string, RequestEdit, Partial<HttpRequest>]>([
    ["method", { op: "method", method: "PUT" }, { method: "PUT" }],
    ["path, keeping the query", { op: "path", path: "/c" }, { path: "/c?x=1&y=%2F&x.0=2" }],
    ["body", { op: "body", text: "null" }, { body: "null" }],
    ["around the body", { op: "around", before: "[", after: "]" }, { body: '[{"A":"a","B":[1]}]' }],
    ["nest", { op: "nest", depth: 3 }, { body: "[[[]]]" }],
    ["pad JSON", { op: "pad", in: "json", bytes: 20 }, { body: Buffer.from('{"A":"a","B":[1]}   ') }],
    ["pad a query", { op: "pad", in: "query", bytes: 20 }, { path: "/v4/a/b?x=1&y=%2F&x.0=2&&&&&" }],
    ["repeat a member", { op: "repeat", in: "json", name: "B" }, { body: '{"A":"a","B":[1],"B":[1]}' }],
    ["repeat a pair", { op: "repeat", in: "query", name: "y" }, { path: "/v4/a/b?x=1&y=%2F&x.0=2&y=%2F" }],
    ["drop a pair", { op: "drop", in: "query", name: "x" }, { path: "/v4/a/b?y=%2F&x.0=2" }],
    ["put a pair", { op: "put", in: "query", name: "y", value: "&" }, { path: "/v4/a/b?x=1&y=%26&x.0=2" }],
    ["put a new pair", { op: "put", in: "query", name: "z", value: "" }, { path: "/v4/a/b?x=1&y=%2F&x.0=2&z=" }],
    ["cut a pair", { op: "cut", in: "query", name: "y", by: 1 }, { path: "/v4/a/b?x=1&y=&x.0=2" }],
  ])("%s", (_, edit, change) => {
    expect(applyOne(edit)).toEqual({ ...request, ...change });
  });

  test("headers are found in any case, and all with the name are edited", () => {
    expect(applyOne({ op: "drop", in: "header", name: "x-ONE" }).headers).toEqual([["Host", "here"]]);
    expect(applyOne({ op: "put", in: "header", name: "host", value: "there" }).headers[0]).toEqual(["Host", "there"]);
    expect(applyOne({ op: "put", in: "header", name: "New", value: "n" }).headers[3]).toEqual(["New", "n"]);
    expect(applyOne({ op: "cut", in: "header", name: "Host", by: 9 }).headers[0]).toEqual(["Host", ""]);
  });

  test("forms are edited in the body, and of a list the first item is repeated", () => {
    expect(applyOne({ op: "drop", in: "form", name: "Name" }, form).body).toBe("Ids.0=1&Ids.1=2");
    expect(applyOne({ op: "repeat", in: "form", name: "Ids" }, form).body).toBe("Name=a%26b&Ids.0=1&Ids.1=2&Ids.0=1");
    expect(applyOne({ op: "pad", in: "form", bytes: 28 }, form).body).toBe("Name=a%26b&Ids.0=1&Ids.1=2&&");
  });

  test("padding counts bytes, not characters", () => {
    const padded = applyOne({ op: "pad", in: "json", bytes: 8 }, { ...request, body: '"中"' }).body;
    expect(padded).toEqual(Buffer.from('"中"   '));
  });
});

test("edits are applied in order, and the original request is not changed", () => {
  const before = structuredClone(request);
  const after = applyEdits(request, [
    { op: "method", method: "GET" },
    { op: "drop", in: "query", name: "x" },
    { op: "drop", in: "query", name: "y" },
    { op: "drop", in: "query", name: "x.0" },
    { op: "body", text: "" },
  ]);
  expect(after).toMatchObject({ method: "GET", path: "/v4/a/b", body: "" });
  expect(request).toEqual(before);
});

test("repeating a missing pair throws", () => {
  expect(() => applyOne({ op: "repeat", in: "form", name: "Nothing" }, form)).toThrow();
});
