/** Pages made of what a hostile target says: nothing of it is run, loaded or shown as anything but text. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderAll } from "../../runner/cli/render.ts";
import { packageRoot } from "../../runner/spec/folder.ts";
import { browser, chromiumAt, missing, opened, shot, violations } from "./browser.ts";

const attacks = [
  "<script>window.pwned=1</script>",
  '"><img src=x onerror="window.pwned=1">',
  "' onmouseover='window.pwned=1' autofocus onfocus='window.pwned=1",
  "</title></style></pre></details></main><script>window.pwned=1</script>",
  "<!--<script>window.pwned=1</script>-->]]>",
  "<svg/onload=window.pwned=1><style>*{display:none}</style><base href=//evil.example/><meta http-equiv=refresh content=0>",
  "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe><form action=//evil.example><button>Copy</button></form>",
  "javascript:window.pwned=1",
  "\0\u0007\u001b[31m\r\n\u202e\u2028\ufffe\ud800 &lt;script&gt;",
];
const attack = attacks.join(" ");

/** Names whose values the format fixes; everything else that is text is taken over. */
const fixed = new Set([
  "type",
  "status",
  "level",
  "role",
  "kind",
  "outcome",
  "op",
  "why",
  "started",
  "sha256",
  "id",
  "action",
  "family",
]);

const poisoned = (value: unknown, name = ""): unknown => {
  if (typeof value === "string") return fixed.has(name) ? value : `${attack} ${value}`;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, name));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poisoned(one, key)]));
};

/** Also where the format fixes the word for a run, but not for what a target says: ids of cases, reasons of no answer. */
function everywhere(line: string): string {
  const made = poisoned(JSON.parse(line)) as Record<string, unknown>;
  if (made["type"] === "verdict")
    Object.assign(made, { id: `${made["id"]}/${attack}`, family: attack, action: `a/b/${attack}` });
  return JSON.stringify(made);
}

describe.skipIf(chromiumAt === undefined)(`hostile text${chromiumAt === undefined ? `: ${missing}` : ""}`, () => {
  const out = mkdtempSync(join(tmpdir(), "assay-"));
  let b: Awaited<ReturnType<typeof browser>>;
  beforeAll(async () => {
    b = await browser();
  });
  afterAll(() => b?.close());

  test.each(["run.ndjson", "since.ndjson"])(
    "in every field of %s: nothing runs, nothing is asked for, nothing breaks",
    async (name) => {
      const log = join(out, name);
      const lines = readFileSync(join(packageRoot(), "reports", "golden", name), "utf8")
        .trim()
        .split("\n");
      writeFileSync(log, lines.map(everywhere).join("\n"));
      renderAll(log, out);
      const { page, wrong, close } = await opened(b, join(out, "report.html"));
      await page.evaluate(() => {
        for (const element of document.querySelectorAll("details")) element.open = true;
      });
      for (const link of await page.locator("a[href^='#']").all()) await link.dispatchEvent("click");
      await page.mouse.move(400, 400);
      expect(await page.evaluate(() => (globalThis as { pwned?: number }).pwned)).toBeUndefined();
      // Of these elements the page has none of its own, or just one.
      for (const [tag, count] of Object.entries({
        img: 0,
        iframe: 0,
        base: 0,
        object: 0,
        script: 1,
        style: 1,
        form: 1,
        main: 1,
      }))
        expect([tag, await page.locator(tag).count()]).toEqual([tag, count]);
      expect(await page.locator("[onerror], [onload], [onmouseover], [onfocus], [style]").count()).toBe(0);
      const hrefs = await page.locator("a").evaluateAll((links) => links.map((a) => a.getAttribute("href") ?? ""));
      expect(hrefs.filter((href) => !href.startsWith("#") && !/^https?:\/\//.test(href))).toEqual([]);
      expect(await page.locator("details.case").first().textContent()).toContain("<script>window.pwned=1</script>");
      expect(wrong).toEqual([]);
      await shot(page, `hostile-${name.split(".")[0]}`);
      await close();
    },
  );

  test("axe finds nothing on such a page either", async () => {
    const { page, close } = await opened(b, join(out, "report.html"), { bypassCSP: true });
    expect(await violations(page)).toEqual([]);
    await close();
  });

  test("a script that got in all the same would be kept from running", async () => {
    const file = join(out, "report.html");
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace("<main>", "<main><script>window.pwned=1</script><img src='x.png'>"),
    );
    const { page, wrong, close } = await opened(b, file);
    expect(await page.evaluate(() => (globalThis as { pwned?: number }).pwned)).toBeUndefined();
    expect(wrong.filter((line) => /Content Security Policy/.test(line))).toHaveLength(2);
    await close();
  });
});
