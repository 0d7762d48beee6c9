/** Pages made of what a hostile target says: nothing of it is run, loaded or shown as anything but text. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderAll } from "../../../runner/cli/output/render.ts";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { browser, browserMissing, chromiumAt, openPage, screenshot, violations } from "./browser.ts";
import { ATTACK_MARKER, writeHostileLog } from "./hostile-log.ts";

describe.skipIf(chromiumAt === undefined)(
  `hostile text${chromiumAt === undefined ? `: ${browserMissing}` : ""}`,
  () => {
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
        writeHostileLog(join(packageRoot(), "reports", "testing", "golden", name), log);
        renderAll(log, out);
        const { page, wrong, close } = await openPage(b, join(out, "report.html"));
        await page.evaluate(() => {
          for (const element of document.querySelectorAll("details")) element.open = true;
        });
        for (const link of await page.locator("a[href^='#']").all()) await link.dispatchEvent("click");
        await page.mouse.move(400, 400);
        // By then all that the clicks set off has happened.
        await page.waitForLoadState("networkidle");
        expect(await page.evaluate(ATTACK_MARKER)).toBeUndefined();
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
        await screenshot(page, `hostile-${name.split(".")[0]}`);
        await close();
      },
    );

    test("axe finds nothing on such a page either", async () => {
      const { page, close } = await openPage(b, join(out, "report.html"), { bypassCSP: true });
      expect(await violations(page)).toEqual([]);
      await close();
    });

    test("a script that got in all the same would be kept from running", async () => {
      const file = join(out, "report.html");
      writeFileSync(
        file,
        readFileSync(file, "utf8").replace("<main>", "<main><script>window.pwned=1</script><img src='x.png'>"),
      );
      const { page, wrong, close } = await openPage(b, file);
      expect(await page.evaluate(ATTACK_MARKER)).toBeUndefined();
      await expect.poll(() => wrong.filter((line) => /Content Security Policy/.test(line))).toHaveLength(2);
      await close();
    });
  },
);
