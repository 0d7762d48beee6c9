/** compare.html in a real browser: two runs side by side, and several in one table, also where a log is hostile. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runAssay } from "../cli/run-cli.ts";
import { browser, browserMissing, chromiumAt, openPage, screenshot, violations } from "./browser.ts";
import { ATTACK_MARKER, writeHostileLog } from "./hostile-log.ts";

const golden = (name: string) =>
  fileURLToPath(new URL(`../../../reports/testing/golden/${name}.ndjson`, import.meta.url));

describe.skipIf(chromiumAt === undefined)(
  `pages of compare${chromiumAt === undefined ? `: ${browserMissing}` : ""}`,
  () => {
    let b: Awaited<ReturnType<typeof browser>>;
    const out = mkdtempSync(join(tmpdir(), "assay-"));
    const hostile = join(out, "hostile.ndjson");
    beforeAll(async () => {
      writeHostileLog(golden("run"), hostile);
      b = await browser();
    });
    afterAll(() => b?.close());

    test.each([
      ["two runs", [golden("run"), golden("since")]],
      ["a hostile run", [golden("run"), hostile]],
      ["a matrix", ["--matrix", golden("run"), golden("since"), hostile]],
    ])("%s: nothing runs, nothing is asked for, axe finds nothing in light or dark", async (name, args) => {
      const folder = join(out, name.replaceAll(" ", "-"));
      const { code, err } = await runAssay("compare", ...args, "--out", folder, "--format", "json");
      expect([0, 1, 3], err).toContain(code);
      const file = join(folder, "compare.html");
      const plain = await openPage(b, file);
      expect(await plain.page.evaluate(ATTACK_MARKER)).toBeUndefined();
      for (const [tag, count] of Object.entries({ img: 0, iframe: 0, base: 0, script: 1, style: 1, main: 1, h1: 1 }))
        expect([tag, await plain.page.locator(tag).count()]).toEqual([tag, count]);
      expect(plain.wrong).toEqual([]);
      await screenshot(plain.page, `compare-${name.replaceAll(" ", "-")}`);
      await plain.close();
      for (const colorScheme of ["light", "dark"] as const) {
        const { page, close } = await openPage(b, file, { colorScheme, bypassCSP: true });
        await page.evaluate(() => {
          for (const element of document.querySelectorAll("details")) element.open = true;
        });
        expect(await violations(page)).toEqual([]);
        await close();
      }
    });
  },
);
