/** A value → YAML text with one key or item per line, and the line of each key and value. It needs no YAML parser, so the expected lines do not depend on one. */

/** Keys and list indices from the root of a file. */
export type Path = readonly (string | number)[];

/** Lines count from 1. */
export interface YamlWithPositions {
  readonly text: string;
  /** Line of the key, or of the dash of a list item; 1 for an unknown path. */
  keyLine(path: Path): number;
  /** Line where the value starts: the line of its key, or the next line for a mapping or list that is not empty. */
  valueLine(path: Path): number;
  /** Line of the second occurrence of the duplicate key; 0 if there is none. */
  readonly duplicateLine: number;
}

const isBlock = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0;

/** `duplicate` is the path of a key that is written a second time after its siblings. */
export function toYaml(value: unknown, duplicate?: Path): YamlWithPositions {
  const lines: string[] = [];
  const keyLines = new Map<string, number>();
  const valueLines = new Map<string, number>();
  let duplicateLine = 0;

  const writeEntry = (head: string, member: unknown, path: Path, indent: string) => {
    lines.push(isBlock(member) ? `${indent}${head}` : `${indent}${head} ${JSON.stringify(member)}`);
    keyLines.set(JSON.stringify(path), lines.length);
    valueLines.set(JSON.stringify(path), isBlock(member) ? lines.length + 1 : lines.length);
    if (isBlock(member)) writeBlock(member, path, `${indent}  `);
  };
  const writeBlock = (node: object, path: Path, indent: string) => {
    if (Array.isArray(node)) for (const [i, item] of node.entries()) writeEntry("-", item, [...path, i], indent);
    else
      for (const [key, member] of Object.entries(node))
        writeEntry(`${JSON.stringify(key)}:`, member, [...path, key], indent);
    const duplicateKey = duplicate?.at(-1);
    if (duplicateKey === undefined || JSON.stringify(duplicate?.slice(0, -1)) !== JSON.stringify(path)) return;
    lines.push(`${indent}${JSON.stringify(duplicateKey)}: "again"`);
    duplicateLine = lines.length;
  };

  if (isBlock(value)) writeBlock(value, [], "");
  else lines.push(JSON.stringify(value));
  const lineOf = (lineByPath: ReadonlyMap<string, number>) => (path: Path) => lineByPath.get(JSON.stringify(path)) ?? 1;
  return { text: `${lines.join("\n")}\n`, keyLine: lineOf(keyLines), valueLine: lineOf(valueLines), duplicateLine };
}

/** Returns a copy with the value at the path replaced or added; `undefined` removes the key. */
export function setAt(root: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(root)) return root.map((item, i) => (i === step ? setAt(item, rest, value) : item));
  const copy: Record<string, unknown> = { ...(root as Record<string, unknown>) };
  const member = setAt(copy[step], rest, value);
  if (member === undefined) delete copy[step];
  else copy[step] = member;
  return copy;
}

/** Returns the value at the path, or `undefined` if there is none. */
export const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce((node: unknown, step) => (node as Record<string | number, unknown> | undefined)?.[step], root);
