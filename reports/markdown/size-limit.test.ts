/** Pages with a size limit: never larger, blocks whole, omitted ones counted. */
import { expect, test } from "vitest";
import { type BoundedPage, createBoundedPage } from "./size-limit.ts";

function pageOf(limit: number, fill: (page: BoundedPage) => void): string {
  const chunks: string[] = [];
  const page = createBoundedPage((chunk) => chunks.push(chunk), limit);
  fill(page);
  page.end("the log", "last");
  return chunks.join("");
}

const fillPage = (page: BoundedPage) => {
  page.block("the heading", ["# one"]);
  page.items(["## two", ""], [["- a", "  - b"], ["- c"]], "more item");
  page.items(["## three"], [], "more item");
  page.block("the table", ["| x |", "| y |"]);
};

test("a page within the limit is complete and has no note", () => {
  const complete = "# one\n\n## two\n\n- a\n  - b\n- c\n\n| x |\n| y |\n\nlast\n";
  expect(pageOf(10_000, fillPage)).toBe(complete);
  expect(pageOf(10_000, (page) => page.more(0, "case"))).toBe("last\n");
});

test("at every limit the blocks are whole, and the omitted ones are listed", () => {
  for (let room = 0; room < 60; room++) {
    const text = pageOf(4096 + room, fillPage);
    const [body = "", omitted = ""] = text.split("Not shown here: ");
    const rest = body
      .replace("# one\n\n", "")
      .replace("## two\n\n", "")
      .replace("- a\n  - b\n", "")
      .replace("- c\n", "")
      .replace(/^\n/, "")
      .replace("| x |\n| y |\n\n", "");
    expect(["", "last\n"], `${room} bytes`).toContain(rest);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(room + "last\n".length);
    const missingItems = ["- a", "- c"].filter((item) => !body.includes(item)).length;
    const omittedCount = missingItems === 0 ? "" : `${missingItems} more item${missingItems === 1 ? "" : "s"}`;
    const expected = [
      omittedCount,
      body.includes("# one") ? "" : "the heading",
      body.includes("| x |") ? "" : "the table",
    ].filter((part) => part !== "");
    expect(omitted).toBe(expected.length === 0 ? "" : `${expected.join(", ")}; see the log.\n\nlast\n`);
  }
});

test("the limit counts bytes, not characters", () => {
  const text = pageOf(4096 + 12, (page) => {
    page.block("han", ["中中中中"]);
    page.block("ascii", ["aaaa"]);
  });
  expect(text).toBe("aaaa\n\nNot shown here: han; see the log.\n\nlast\n");
});

test("a heading is written only with its first item", () => {
  const text = pageOf(4096 + 20, (page) => page.items(["## much"], [["x".repeat(20)], ["y"]], "more item"));
  expect(text).toBe("## much\ny\n\nNot shown here: 1 more item; see the log.\n\nlast\n");
});
