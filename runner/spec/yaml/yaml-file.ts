/** A YAML file → its value, and for any path in it the line and column. */
import { Composer, type Document, isCollection, isMap, isScalar, LineCounter, Parser, type YAMLError } from "yaml";
import type { Problem } from "../problem.ts";
import { readText } from "./read-text.ts";
import { isTooDeepOrUnclosed, nodeOffset, type ReportAt, reportUnsupportedNodes } from "./unsupported-yaml.ts";

export type Path = readonly (string | number)[];

export interface YamlFile {
  readonly file: string;
  /** Undefined where the text is no YAML. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The nearest place that exists for a path; `key` points at the key of the last step, not its value. */
  problem(path: Path, message: string, key?: boolean): Problem;
}

/** Never throws: what cannot be read has a problem that says why. */
export function readYaml(file: string): YamlFile {
  const text = readText(file);
  if (typeof text === "string") return parseYaml(file, text);
  const problem = (_: Path, message: string): Problem => ({ file, line: 1, column: 1, message });
  return { file, value: undefined, problems: [text], problem };
}

/** One broken line can upset all that follow. */
const mostFaults = 20;

function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const at = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  const problems: Problem[] = [];
  const tell: ReportAt = (offset, message) => void problems.push(at(offset, message));
  const doc = compose(text, lines, tell);
  const problem = (path: Path, message: string, key = false): Problem => at(offsetOf(doc, path, key), message);
  const value = doc && problems.length === 0 ? doc.toJS({ maxAliasCount: -1 }) : undefined;
  return { file, value, problems: problems.slice(0, mostFaults), problem };
}

/** Nesting is measured before anything recurses over it, aliases before any is written out. */
function compose(text: string, lines: LineCounter, tell: ReportAt): Document | undefined {
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  if (isTooDeepOrUnclosed(tokens, tell)) return undefined;
  const composer = new Composer({ lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [doc, second] = composer.compose(tokens, true, text.length);
  if (!doc) return undefined;
  for (const fault of [...doc.errors, ...doc.warnings]) tell(fault.pos[0], wordsOf(fault));
  const { explicit, version } = doc.directives?.yaml ?? {};
  if (explicit && version !== "1.2") tell(0, `%YAML ${version} reads other values than YAML 1.2; take the line out`);
  if (second) tell(second.range[0], "a second document begins here; expected one a file");
  if (doc.errors.length + doc.warnings.length === 0) reportUnsupportedNodes(doc.contents, tell);
  return doc;
}

function wordsOf({ code, message }: YAMLError): string {
  if (code === "TAB_AS_INDENT") return "a tab stands where YAML wants blanks";
  const [first = ""] = message.split("\n");
  return code === "TAG_RESOLVE_FAILED" ? `${first}; take the tag out` : `is no YAML: ${first}`;
}

function offsetOf(doc: Document | undefined, path: Path, key: boolean): number {
  let node: unknown = doc?.contents;
  let offset = nodeOffset(node);
  for (const [i, step] of path.entries()) {
    if (!isCollection(node)) break;
    if (isMap(node)) {
      const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(step));
      if (!pair) break;
      const last = i === path.length - 1;
      offset = key && last ? nodeOffset(pair.key) : nodeOffset(pair.value ?? pair.key);
      node = pair.value;
    } else {
      node = node.get(Number(step), true);
      if (node === undefined) break;
      offset = nodeOffset(node);
    }
  }
  return offset;
}
