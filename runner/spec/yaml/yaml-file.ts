/** A YAML file → its value, and line and column of any path in it. */
import { Composer, type Document, isCollection, isMap, isScalar, LineCounter, Parser, type YAMLError } from "yaml";
import { keyPrefix, type Problem } from "../problem.ts";
import { readText } from "./read-text.ts";
import { isTooDeepOrUnclosed, nodeOffset, type ReportAt, reportUnsupportedNodes } from "./unsupported-yaml.ts";

/** Keys and list indices (from 0) from the top of a file, such as `["samples", 0, "request"]`. */
export type YamlPath = readonly (string | number)[];

export interface YamlFile {
  readonly file: string;
  /** Undefined where the file has problems. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** A problem at the deepest existing node of the path; with `key` at the key of the last step instead of its value. */
  problem(path: YamlPath, message: string, key?: boolean): Problem;
}

/** Reports a problem of the value at a path, or with `key` of the key itself. The message begins with the path. */
export type ReportProblem = (path: YamlPath, message: string, key?: boolean) => void;

export function problemCollector(yaml: YamlFile): { report: ReportProblem; problems: Problem[] } {
  const problems: Problem[] = [];
  const report: ReportProblem = (path, message, key) =>
    void problems.push(yaml.problem(path, `${keyPrefix(path)}${message}`, key));
  return { report, problems };
}

/** By path: the last parse of a file, as long as its memory is not needed. A command reads most files more than once. */
const parses = new Map<string, { readonly text: string; readonly parsed: WeakRef<YamlFile> }>();

/** Never throws: a file that cannot be read has problems that give the reason. */
export function readYaml(file: string): YamlFile {
  const text = readText(file);
  if (typeof text === "string") {
    const last = parses.get(file);
    const parsed = (last?.text === text ? last.parsed.deref() : undefined) ?? parseYaml(file, text);
    parses.set(file, { text, parsed: new WeakRef(parsed) });
    return parsed;
  }
  const problem = (_: YamlPath, message: string): Problem => ({ file, line: 1, column: 1, message });
  return { file, value: undefined, problems: [text], problem };
}

/** One broken line can make the parser reject all lines behind it. */
const MAX_PROBLEMS_PER_FILE = 20;

function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const problemAt = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  const problems: Problem[] = [];
  const report: ReportAt = (offset, message) => void problems.push(problemAt(offset, message));
  let doc = compose(text, lines, report);
  const value = doc && problems.length === 0 ? doc.toJS({ maxAliasCount: -1 }) : undefined;
  // The nodes take twenty times the memory of the text, and a file without problems seldom needs them.
  if (value !== undefined) doc = undefined;
  const nodes = (): Document | undefined => {
    if (value !== undefined) doc ??= compose(text, new LineCounter(), () => undefined);
    return doc;
  };
  const problem = (path: YamlPath, message: string, key = false): Problem =>
    problemAt(offsetOf(nodes(), path, key), message);
  return { file, value, problems: problems.slice(0, MAX_PROBLEMS_PER_FILE), problem };
}

/** The nesting is checked before the recursive composer runs, and aliases before `toJS` expands them. */
function compose(text: string, lines: LineCounter, report: ReportAt): Document | undefined {
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  if (isTooDeepOrUnclosed(tokens, report)) return undefined;
  const composer = new Composer({ lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [doc, second] = composer.compose(tokens, true, text.length);
  if (!doc) return undefined;
  for (const error of [...doc.errors, ...doc.warnings]) report(error.pos[0], yamlErrorMessage(error));
  const { explicit, version } = doc.directives?.yaml ?? {};
  if (explicit && version !== "1.2") report(0, `%YAML ${version} gives other values than YAML 1.2; remove the line`);
  if (second) report(second.range[0], "a second document begins here; write one document in each file");
  if (doc.errors.length + doc.warnings.length === 0) reportUnsupportedNodes(doc.contents, report);
  return doc;
}

function yamlErrorMessage({ code, message }: YAMLError): string {
  if (code === "TAB_AS_INDENT") return "invalid YAML: a tab is used for indentation; use spaces";
  const [firstLine = ""] = message.split("\n");
  return code === "TAG_RESOLVE_FAILED" ? `${firstLine}; remove the tag` : `invalid YAML: ${firstLine}`;
}

/** Offset of the deepest node of the path that exists. */
function offsetOf(doc: Document | undefined, path: YamlPath, key: boolean): number {
  let node: unknown = doc?.contents;
  let offset = nodeOffset(node);
  for (const [i, step] of path.entries()) {
    if (!isCollection(node)) break;
    if (isMap(node)) {
      const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(step));
      if (!pair) break;
      const isLast = i === path.length - 1;
      offset = key && isLast ? nodeOffset(pair.key) : nodeOffset(pair.value ?? pair.key);
      node = pair.value;
    } else {
      node = node.get(Number(step), true);
      if (node === undefined) break;
      offset = nodeOffset(node);
    }
  }
  return offset;
}
