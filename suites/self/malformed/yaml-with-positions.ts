/** A value → YAML text, one key or item a line, and the line of every key and value: written by hand, so that no parser is asked where a fault stands. */

export type Path = readonly (string | number)[];

export interface Written {
  readonly text: string;
  /** Of the key, or of the dash. */
  keyLine(path: Path): number;
  /** Of the value: that of the key, or the line below where it is a mapping or list of its own. */
  valueLine(path: Path): number;
  /** Of the second key, where one stands twice. */
  readonly twiceLine: number;
}

const isBlock = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0;

/** `twice`: the key of this path is written a second time behind its siblings. */
export function written(value: unknown, twice?: Path): Written {
  const lines: string[] = [];
  const keys = new Map<string, number>();
  const values = new Map<string, number>();
  let twiceLine = 0;

  const entry = (head: string, member: unknown, path: Path, indent: string) => {
    lines.push(isBlock(member) ? `${indent}${head}` : `${indent}${head} ${JSON.stringify(member)}`);
    keys.set(JSON.stringify(path), lines.length);
    values.set(JSON.stringify(path), isBlock(member) ? lines.length + 1 : lines.length);
    if (isBlock(member)) block(member, path, `${indent}  `);
  };
  const block = (node: object, path: Path, indent: string) => {
    if (Array.isArray(node)) for (const [i, item] of node.entries()) entry("-", item, [...path, i], indent);
    else
      for (const [key, member] of Object.entries(node))
        entry(`${JSON.stringify(key)}:`, member, [...path, key], indent);
    const again = twice?.at(-1);
    if (again === undefined || JSON.stringify(twice?.slice(0, -1)) !== JSON.stringify(path)) return;
    lines.push(`${indent}${JSON.stringify(again)}: "again"`);
    twiceLine = lines.length;
  };

  if (isBlock(value)) block(value, [], "");
  else lines.push(JSON.stringify(value));
  const lineOf = (lineAt: ReadonlyMap<string, number>) => (path: Path) => lineAt.get(JSON.stringify(path)) ?? 1;
  return { text: `${lines.join("\n")}\n`, keyLine: lineOf(keys), valueLine: lineOf(values), twiceLine };
}

/** A copy in which another value stands at the path; none where it is undefined. */
export function put(root: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(root)) return root.map((item, i) => (i === step ? put(item, rest, value) : item));
  const copy: Record<string, unknown> = { ...(root as Record<string, unknown>) };
  const member = put(copy[step], rest, value);
  if (member === undefined) delete copy[step];
  else copy[step] = member;
  return copy;
}

export const at = (root: unknown, path: Path): unknown =>
  path.reduce((node: unknown, step) => (node as Record<string | number, unknown> | undefined)?.[step], root);
