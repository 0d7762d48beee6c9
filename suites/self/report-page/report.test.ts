/** report.html in a real browser: with and without scripts, light and dark, by mouse and by keyboard. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { htmlReport } from "../../../reports/html/index.ts";
import { textOf } from "../../../reports/report.ts";
import { footerOf, verdictOf } from "../../../reports/testing/laws.ts";
import { recordingInMemory } from "../../../runner/log/reader.ts";
import type { Verdict } from "../../../runner/model/index.ts";
import { startEmulator } from "../../vitest.ts";
import { runAssay } from "../cli/run-cli.ts";
import { axeViolations, chromiumPath, launchBrowser, noBrowserMessage, openPage, screenshot } from "./browser.ts";

/** Faults of different kinds, so that the page has several causes. */
const faults = [
  "group-id-one-byte-more",
  "control-characters",
  "same-group-name-twice",
  "unknown-group-removed-from",
  "im-101-accounts",
];

interface ReportJson {
  readonly planned: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly causes: readonly { readonly status: string; readonly cases: number }[];
  readonly verdicts: readonly { readonly id: string; readonly status: string; readonly level: string }[];
}

const out = mkdtempSync(join(tmpdir(), "assay-"));
const file = join(out, "report.html");
let report: ReportJson;
let browser: Browser;

test.runIf(process.env["ASSAY_BROWSER"] === "required")("a required browser is installed", () => {
  expect(chromiumPath, noBrowserMessage).toBeDefined();
});

describe.skipIf(chromiumPath === undefined)(
  `the page${chromiumPath === undefined ? `: ${noBrowserMessage}` : ""}`,
  () => {
    beforeAll(async () => {
      const emulator = await startEmulator({ faults });
      // Failed, passed and observed cases of several families, bindings and services; more of them would only make the page slow.
      const families: Readonly<Record<string, readonly string[]>> = {
        "tencent/iai/CreateGroup": [
          "boundary",
          "duplicate",
          "repeated-key",
          "fuzz",
          "illegal-charset/GroupId/control-*",
        ],
        "tencent/iai/DeletePersonFromGroup": ["missing-member", "repeated-key"],
        "tencent/im/delete_group_member": ["boundary", "situation"],
      };
      const select = Object.entries(families).flatMap(([action, names]) =>
        names.map((name) => `${action}/${name}${name.includes("/") ? "" : "/**"}`),
      );
      await runAssay("run", "--endpoint", emulator.url, "--out", out, "--select", ...select);
      await emulator.close();
      report = JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    const visible = (page: Page) => page.locator("details.case:visible, tr[id]:visible").count();
    const countOf = (status: string) => report.counts[status] ?? 0;

    test("shows the result of the run and its causes at the top", async () => {
      const { page, problems, close } = await openPage(browser, file);
      const failed = report.causes.filter(({ status }) => status === "failed");
      expect(failed.length).toBeGreaterThan(3);
      expect(await page.locator("h1").textContent()).toContain("not conformant");
      const cases = failed.reduce((n, cause) => n + cause.cases, 0);
      expect(await page.locator("h2").first().textContent()).toBe(`Failures: ${failed.length} causes, ${cases} cases`);
      await screenshot(page, "light");
      expect(problems).toEqual([]);
      await close();
    });

    test("filters by status, action, family, level and text, and keeps the filters in the URL", async () => {
      const { page, problems, close } = await openPage(browser, file);
      await page.check("[name=status][value=failed]");
      await expect.poll(() => visible(page)).toBe(countOf("failed"));
      expect(page.url()).toMatch(/#status=failed$/);
      await page.selectOption("[name=action]", "tencent/iai/CreateGroup");
      const ids = (status: string, start: string) =>
        report.verdicts.filter((v) => v.status === status && v.id.startsWith(start)).length;
      await expect.poll(() => visible(page)).toBe(ids("failed", "tencent/iai/CreateGroup/"));
      await page.selectOption("[name=family]", "boundary");
      const boundaryCases = ids("failed", "tencent/iai/CreateGroup/boundary/");
      await expect.poll(() => visible(page)).toBe(boundaryCases);
      await expect.poll(() => page.locator("#shown").textContent()).toBe(`${boundaryCases} of ${report.planned} cases`);
      await page.fill("[name=text]", "V1-GET-SHA1");
      const matchingCases = report.verdicts.filter(
        ({ id, status }) => status === "failed" && /^tencent\/iai\/CreateGroup\/boundary\/.*v1-get-sha1/.test(id),
      ).length;
      expect(matchingCases).toBeGreaterThan(0);
      await expect.poll(() => visible(page)).toBe(matchingCases);
      await page.reload();
      await expect.poll(() => visible(page)).toBe(matchingCases);
      expect(await page.inputValue("[name=text]")).toBe("V1-GET-SHA1");
      await page.click("button[type=reset]");
      await page.waitForFunction(() => location.hash === "");
      await expect
        .poll(() => page.locator("#shown").textContent())
        .toBe(`${report.planned} of ${report.planned} cases`);
      await page.selectOption("[name=level]", "may");
      await expect.poll(() => visible(page)).toBe(report.verdicts.filter(({ level }) => level === "may").length);
      expect(problems).toEqual([]);
      await close();
    });

    test("a cell of the matrix filters its cases", async () => {
      const { page, problems, close } = await openPage(browser, file);
      const cell = page.getByRole("link", { name: / tencent\/iai\/CreateGroup boundary: / });
      const label = (await cell.getAttribute("aria-label")) ?? "";
      const counts = [...label.replace(/^.*: /, "").matchAll(/(\d+) \w+/g)].reduce(
        (n, [, count]) => n + Number(count),
        0,
      );
      await cell.click();
      await page.waitForFunction(() => location.hash.includes("family=boundary"));
      await expect.poll(() => visible(page)).toBe(counts);
      expect(counts).toBe(report.verdicts.filter((v) => v.id.startsWith("tencent/iai/CreateGroup/boundary/")).length);
      await screenshot(page, "cell");
      expect(problems).toEqual([]);
      await close();
    });

    test("a link of a cause opens its case with the deviation marked; the rerun command and the curl line can be copied", async () => {
      const { page, problems, close } = await openPage(browser, file, {
        permissions: ["clipboard-read", "clipboard-write"],
      });
      const first = page.locator(".causes a", { hasText: "/boundary/" }).first();
      const id = (await first.textContent()) ?? "";
      await first.click();
      const openCase = page.locator("details.case[open]");
      await expect.poll(() => openCase.count()).toBe(1);
      expect(await openCase.locator("summary code").textContent()).toBe(id);
      expect(await openCase.locator("tr.deviation").count()).toBe(1);
      for (const start of ["curl -sS -X", "npm run assay -- run"]) {
        const copyBox = openCase.locator(".copied", { hasText: start });
        await copyBox.getByRole("button", { name: "Copy" }).click();
        await copyBox.getByRole("button", { name: "Copied" }).waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toBe(await copyBox.locator("pre").textContent());
        expect(copied.startsWith(start)).toBe(true);
      }
      await screenshot(page, "case");
      expect(problems).toEqual([]);
      await close();
    });

    test.each(["light", "dark"] as const)("no axe violation, %s, with all details open", async (colorScheme) => {
      // The Content Security Policy of the page blocks axe, which is an external script.
      const { page, close } = await openPage(browser, file, { colorScheme, bypassCSP: true });
      expect(await axeViolations(page)).toEqual([]);
      await page.evaluate(() => {
        for (const element of document.querySelectorAll("details")) element.open = true;
      });
      // Waits until each visible command has its button.
      await page.locator("pre.copy:not(.copied > pre)").first().waitFor({ state: "detached" });
      expect(await axeViolations(page)).toEqual([]);
      await page.check("[name=status][value=failed]");
      await page.locator("#cases").scrollIntoViewIfNeeded();
      await screenshot(page, `cases-${colorScheme}`);
      await close();
    });

    test("the background is bright in light mode and dark in dark mode", async () => {
      const brightness = await Promise.all(
        (["light", "dark"] as const).map(async (colorScheme) => {
          const { page, close } = await openPage(browser, file, { colorScheme });
          const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          if (colorScheme === "dark") await screenshot(page, "dark");
          await close();
          return Math.max(...[...background.matchAll(/\d+/g)].map(Number));
        }),
      );
      expect(brightness[0]).toBeGreaterThan(200);
      expect(brightness[1]).toBeLessThan(60);
    });

    test("works without scripts: cases open, cells link to them, controls that need scripts are hidden", async () => {
      const { page, problems, close } = await openPage(browser, file, { javaScriptEnabled: false });
      expect(await page.locator("form").isVisible()).toBe(false);
      expect(await page.locator("button:visible").count()).toBe(0);
      await page.locator("details.case summary").first().click();
      await expect.poll(() => page.locator("details.case[open] pre").first().isVisible()).toBe(true);
      await page.getByRole("link", { name: / tencent\/iai\/CreateGroup boundary: / }).click();
      const anchor = page.locator('[id="action=tencent/iai/CreateGroup&family=boundary"]');
      expect(await anchor.count()).toBe(1);
      await expect
        .poll(() => anchor.evaluate((element) => element.getBoundingClientRect().top < innerHeight))
        .toBe(true);
      expect(problems).toEqual([]);
      await close();
    });

    test("with the keyboard alone a case can be opened and its command copied", async () => {
      const { page, problems, close } = await openPage(browser, file, {
        permissions: ["clipboard-read", "clipboard-write"],
      });
      await page.keyboard.press("Tab");
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the cases");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => location.hash === "#cases");
      for (let i = 0; i < 40 && !(await page.locator("summary:focus").count()); i++) await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await expect.poll(() => page.locator("details.case[open]").count()).toBe(1);
      await page.locator("details.case[open] button").first().waitFor();
      for (let i = 0; i < 20 && !(await page.locator("details.case button:focus").count()); i++)
        await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.locator("details.case").getByRole("button", { name: "Copied" }).waitFor();
      const copyBox = page.locator("details.case[open] .copied").first();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
        await copyBox.locator("pre").textContent(),
      );
      expect(problems).toEqual([]);
      await close();
    });

    test("a link to a case that a filter hides shows the case", async () => {
      const { page, problems, close } = await openPage(browser, file);
      await page.check("[name=status][value=failed]");
      const link = page.locator("section[aria-labelledby=observations] a").first();
      const id = ((await link.getAttribute("href")) ?? "").slice(1);
      await link.click();
      await page.locator(`[id="${id}"]:visible`).waitFor();
      expect(page.url().endsWith(`#${id}`)).toBe(true);
      expect(problems).toEqual([]);
      await close();
    });

    test("a URL with unknown filter values filters nothing", async () => {
      const { page, problems, close } = await openPage(browser, file, {}, "#family=nonsense&action=x");
      expect(await page.locator("#shown").textContent()).toBe(`${report.planned} of ${report.planned} cases`);
      expect(problems).toEqual([]);
      await close();
    });

    test("in a large report, which counts passed cases by family, cells and filters apply to the counts", async () => {
      const verdicts = Array.from({ length: 20_100 }, (_, n) =>
        verdictOf(n, n % 100 === 0 ? "failed" : "passed", { level: n % 3 === 0 ? "should" : "must" }),
      );
      const largeReport = join(out, "long.html");
      writeFileSync(
        largeReport,
        textOf(
          htmlReport,
          recordingInMemory(
            JSON.parse(readFileSync(join(out, "run.ndjson"), "utf8").split("\n")[0] ?? ""),
            verdicts,
            footerOf(verdicts),
          ),
        ),
      );
      const { page, problems, close } = await openPage(browser, largeReport);
      await page.getByRole("link", { name: /Act valid: / }).click();
      await page.waitForFunction(() => location.hash.includes("family=valid"));
      await expect.poll(() => page.locator("tr[data-counts]:visible").count()).toBe(2);
      expect(await page.locator("#shown").textContent()).toBe("20100 of 20100 cases");
      await page.check("[name=status][value=passed]");
      await expect.poll(() => page.locator("#shown").textContent()).toBe("19899 of 20100 cases");
      await expect.poll(() => page.locator("details.case:visible").count()).toBe(0);
      await page.selectOption("[name=level]", "must");
      const count = (f: (v: Verdict) => boolean): number => verdicts.filter(f).length;
      const passedMust = count(({ status, level }) => status === "passed" && level === "must");
      await expect.poll(() => page.locator("#shown").textContent()).toBe(`${passedMust} of 20100 cases`);
      await page.uncheck("[name=status][value=passed]");
      await page.fill("[name=text]", "Act");
      const failed = count(({ status, level }) => status === "failed" && level === "must");
      await expect
        .poll(() => page.locator("#shown").textContent())
        .toBe(`${failed} of 20100 cases; the text of ${passedMust} more is not on this page`);
      expect(problems).toEqual([]);
      await close();
    });

    test("in a narrow window nothing overflows the window, and the form covers no case", async () => {
      const { page, problems, close } = await openPage(browser, file, { viewport: { width: 400, height: 800 } });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
      await page.locator(".causes a").first().click();
      await screenshot(page, "narrow");
      // The element at the middle of the case's first line is the case, not the form.
      const summary = page.locator("details.case[open] summary");
      await expect
        .poll(() =>
          summary.evaluate((element) => {
            const { left, top, width } = element.getBoundingClientRect();
            return element.contains(document.elementFromPoint(left + width / 2, top + 4));
          }),
        )
        .toBe(true);
      expect(await page.locator("form").evaluate((form) => getComputedStyle(form).position)).toBe("static");
      expect(problems).toEqual([]);
      await close();
    });

    test("in print the failed cases are open, and the form is hidden", async () => {
      const { page, problems, close } = await openPage(browser, file);
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      expect(await page.locator("form").isVisible()).toBe(false);
      const failedCases = page.locator("details.case:has(.pair)");
      expect(await failedCases.count()).toBeGreaterThan(0);
      expect(await page.locator("details.case:has(.pair):not([open])").count()).toBe(0);
      const overflow = await page
        .locator(".wide")
        .first()
        .evaluate((element) => getComputedStyle(element).overflowX);
      expect(overflow).toBe("visible");
      expect(problems).toEqual([]);
      await close();
    });
  },
);
