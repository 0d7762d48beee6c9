/** A YAML file → its value, and for any path in it the line and column. */
import { readFileSync } from "node:fs";
import { isCollection, isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { Problem } from "./problem.ts";

export type Path = readonly (string | number)[];

export interface YamlFile {
  readonly file: string;
  /** Undefined where the text is no YAML. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The nearest place that exists for a path; `key` points at the key of the last step, not its value. */
  problem(path: Path, message: string, key?: boolean): Problem;
}

export function readYaml(file: string): YamlFile {
  return parseYaml(file, readFileSync(file, "utf8"));
}

function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  const problem = (path: Path, message: string, key = false): Problem => {
    let node: unknown = doc.contents;
    let offset = rangeStart(node);
    for (const [i, step] of path.entries()) {
      if (!isCollection(node)) break;
      if (isMap(node)) {
        const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(step));
        if (!pair) break;
        const last = i === path.length - 1;
        offset = key && last ? rangeStart(pair.key) : rangeStart(pair.value ?? pair.key);
        node = pair.value;
      } else {
        node = node.get(Number(step), true);
        if (node === undefined) break;
        offset = rangeStart(node);
      }
    }
    return at(offset, message);
  };
  if (doc.errors.length > 0) {
    return { file, value: undefined, problems: doc.errors.map((e) => at(e.pos[0], e.message)), problem };
  }
  return { file, value: doc.toJS({ maxAliasCount: 1000 }), problems: [], problem };
}

function rangeStart(node: unknown): number {
  const range = (node as { range?: readonly number[] | null } | null)?.range;
  return range?.[0] ?? 0;
}
