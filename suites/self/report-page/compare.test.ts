/** compare.html in a real browser: a comparison of two runs and a matrix of several, also of a hostile log. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runAssay } from "../cli/run-cli.ts";
import { axeViolations, chromiumPath, launchBrowser, noBrowserMessage, openPage, screenshot } from "./browser.ts";
import { attackMarker, writeHostileLog } from "./hostile-log.ts";

const golden = (name: string) =>
  fileURLToPath(new URL(`../../../reports/testing/golden/${name}.ndjson`, import.meta.url));

describe.skipIf(chromiumPath === undefined)(
  `pages of compare${chromiumPath === undefined ? `: ${noBrowserMessage}` : ""}`,
  () => {
    let browser: Awaited<ReturnType<typeof launchBrowser>>;
    const out = mkdtempSync(join(tmpdir(), "assay-"));
    const hostile = join(out, "hostile.ndjson");
    beforeAll(async () => {
      writeHostileLog(golden("run"), hostile);
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    test.each([
      ["two runs", [golden("run"), golden("since")]],
      ["a hostile run", [golden("run"), hostile]],
      ["a matrix", ["--matrix", golden("run"), golden("since"), hostile]],
    ])("%s: no script of a log runs, no request is sent, no axe violation in light or dark", async (name, args) => {
      const folder = join(out, name.replaceAll(" ", "-"));
      const { code, err } = await runAssay("compare", ...args, "--out", folder, "--format", "json");
      expect([0, 1, 3], err).toContain(code);
      const file = join(folder, "compare.html");
      const opened = await openPage(browser, file);
      expect(await opened.page.evaluate(attackMarker)).toBeUndefined();
      for (const [tag, count] of Object.entries({ img: 0, iframe: 0, base: 0, script: 1, style: 1, main: 1, h1: 1 }))
        expect([tag, await opened.page.locator(tag).count()]).toEqual([tag, count]);
      expect(opened.problems).toEqual([]);
      await screenshot(opened.page, `compare-${name.replaceAll(" ", "-")}`);
      await opened.close();
      for (const colorScheme of ["light", "dark"] as const) {
        const { page, close } = await openPage(browser, file, { colorScheme, bypassCSP: true });
        await page.evaluate(() => {
          for (const element of document.querySelectorAll("details")) element.open = true;
        });
        expect(await axeViolations(page)).toEqual([]);
        await close();
      }
    });
  },
);
