/** Opens a file in an installed Chromium and collects every problem of the page. */
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { packageRoot } from "../../../runner/spec/package-root.ts";

const usualPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Path of the browser: the environment variable `ASSAY_CHROMIUM`, else a usual path; undefined if none exists. */
export const chromiumPath = [process.env["ASSAY_CHROMIUM"] ?? "", ...usualPaths].find(
  (path) => path !== "" && existsSync(path),
);

export const noBrowserMessage =
  "no Chromium found; install it (Debian: apt-get install chromium) or set ASSAY_CHROMIUM to its path";

/** No sandbox, since containers usually forbid it; no network requests by the browser itself. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath ?? "", args });

export interface OpenedPage {
  readonly page: Page;
  /** Messages of the console (violations of the Content Security Policy included), uncaught exceptions, dialogs, and requests other than for the file. */
  readonly problems: string[];
  close(): Promise<void>;
}

/** `fragment`: the part of the URL from `#`. */
export async function openPage(
  b: Browser,
  file: string,
  options: BrowserContextOptions = {},
  fragment = "",
): Promise<OpenedPage> {
  const context = await b.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => void problems.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => void problems.push(`thrown: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) problems.push(`request: ${request.url()}`);
  });
  await page.goto(url + fragment);
  return { page, problems, close: () => context.close() };
}

/** Saves a picture of the page in reports/out/screenshots, which git ignores. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = join(packageRoot(), "reports", "out", "screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** The violated accessibility rules of axe-core, each with the elements that violate it. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
