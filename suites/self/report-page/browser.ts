/** A real browser, where one is installed: opens a file and tells all that went wrong with it. */
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { packageRoot } from "../../../runner/spec/package-root.ts";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** `ASSAY_CHROMIUM` names one that stands elsewhere. */
export const chromiumAt = [process.env["ASSAY_CHROMIUM"] ?? "", ...places].find(
  (path) => path !== "" && existsSync(path),
);

export const browserMissing =
  "no chromium here; install one (Debian: apt-get install chromium) or name it in ASSAY_CHROMIUM";

/** Without a sandbox, which a container has no right to; and without asking anybody anything by itself. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const browser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumAt ?? "", args });

export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console, what was thrown, dialogs, requests beyond the file itself, breaches of its policy. */
  readonly wrong: string[];
  close(): Promise<void>;
}

export async function openPage(
  b: Browser,
  file: string,
  options: BrowserContextOptions = {},
  fragment = "",
): Promise<Opened> {
  const context = await b.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => void wrong.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => void wrong.push(`thrown: ${error.message}`));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) wrong.push(`request: ${request.url()}`);
  });
  await page.goto(url + fragment);
  return { page, wrong, close: () => context.close() };
}

/** Where pictures of pages are kept; git does not see it. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = join(packageRoot(), "reports", "out", "screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Each breach of the rules that axe-core knows, with the elements that breach it. */
export async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
