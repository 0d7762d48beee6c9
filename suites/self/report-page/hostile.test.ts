/** report.html of a hostile log: its texts are shown as text, and never executed or loaded. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderFiles } from "../../../runner/cli/output/render.ts";
import { readRecording } from "../../../runner/log/reader.ts";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { axeViolations, chromiumPath, launchBrowser, noBrowserMessage, openPage, screenshot } from "./browser.ts";
import { attackMarker, writeHostileLog } from "./hostile-log.ts";

describe.skipIf(chromiumPath === undefined)(
  `hostile text${chromiumPath === undefined ? `: ${noBrowserMessage}` : ""}`,
  () => {
    const out = mkdtempSync(join(tmpdir(), "assay-"));
    let browser: Awaited<ReturnType<typeof launchBrowser>>;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    test.each(["run.ndjson", "since.ndjson"])(
      "in every field of %s: no script runs, no request is sent, the page is intact",
      async (name) => {
        const log = join(out, name);
        writeHostileLog(join(packageRoot(), "reports", "testing", "golden", name), log);
        renderFiles(readRecording(log), out);
        const { page, problems, close } = await openPage(browser, join(out, "report.html"));
        await page.evaluate(() => {
          for (const element of document.querySelectorAll("details")) element.open = true;
        });
        for (const link of await page.locator("a[href^='#']").all()) await link.dispatchEvent("click");
        await page.mouse.move(400, 400);
        // Waits until the effects of the clicks are over.
        await page.waitForLoadState("networkidle");
        expect(await page.evaluate(attackMarker)).toBeUndefined();
        // The number of these elements on a page without an attack.
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
        expect(problems).toEqual([]);
        await screenshot(page, `hostile-${name.split(".")[0]}`);
        await close();
      },
    );

    test("the page has no axe violation", async () => {
      const { page, close } = await openPage(browser, join(out, "report.html"), { bypassCSP: true });
      expect(await axeViolations(page)).toEqual([]);
      await close();
    });

    test("the Content Security Policy blocks an injected script and image", async () => {
      const file = join(out, "report.html");
      writeFileSync(
        file,
        readFileSync(file, "utf8").replace("<main>", "<main><script>window.pwned=1</script><img src='x.png'>"),
      );
      const { page, problems, close } = await openPage(browser, file);
      expect(await page.evaluate(attackMarker)).toBeUndefined();
      await expect.poll(() => problems.filter((line) => /Content Security Policy/.test(line))).toHaveLength(2);
      await close();
    });
  },
);
