/** Registry of the formats of comparisons, in the order in which they are written. */
import { consoleFormat } from "./console.ts";
import type { CompareFormat } from "./format.ts";
import { htmlFormat } from "./html.ts";
import { jsonFormat } from "./json.ts";
import { markdownFormat } from "./markdown.ts";

export const compareFormats: readonly CompareFormat[] = [consoleFormat, markdownFormat, jsonFormat, htmlFormat];
