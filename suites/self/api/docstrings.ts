/** The text of a TypeScript file → its exported declarations, members and union parts without a docstring. */
import { type Comment, type Node, parseSync } from "oxc-parser";

/** `names`: the exported names to check; all where absent. Returns `Verdict`, `Verdict.source` or `MemberEdit, part 2`. */
export function undocumented(text: string, names?: ReadonlySet<string>): string[] {
  const { program, comments, errors } = parseSync("file.ts", text);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  const missing: string[] = [];
  const require = (node: Node, name: string): void => {
    if (!isDocumented(node, text, comments)) missing.push(name);
  };
  for (const statement of program.body) {
    if (statement.type !== "ExportNamedDeclaration" || !statement.declaration) continue;
    const { declaration } = statement;
    const name = declaredName(declaration);
    if (names && !names.has(name)) continue;
    require(statement, name);
    checkTypes(declaration, name, text, require);
  }
  return missing;
}

/** The names declared by the exports of a file, and the types from other files of assay that their declarations name. */
export function exportedTypes(text: string, names?: ReadonlySet<string>): { declared: string[]; imported: string[] } {
  const { program } = parseSync("file.ts", text);
  const local = new Set<string>();
  const declared: string[] = [];
  const imported = new Set<string>();
  const visit = (node: Node): void => {
    if (node.type === "BlockStatement") return;
    if (node.type === "TSTypeReference" && node.typeName.type === "Identifier" && local.has(node.typeName.name))
      imported.add(node.typeName.name);
    for (const child of childrenOf(node)) visit(child);
  };
  for (const statement of program.body) {
    if (statement.type === "ImportDeclaration" && statement.source.value.startsWith("."))
      for (const specifier of statement.specifiers) local.add(specifier.local.name);
    if (statement.type !== "ExportNamedDeclaration" || !statement.declaration) continue;
    const name = declaredName(statement.declaration);
    if (names && !names.has(name)) continue;
    declared.push(name);
    visit(statement.declaration);
  }
  return { declared, imported: [...imported] };
}

/** A comment directly before the node, of which something besides the asterisks is left. */
const isDocumented = ({ start }: Node, text: string, comments: readonly Comment[]): boolean =>
  comments.some(
    ({ type, value, end }) =>
      type === "Block" && /^\*[\s\S]*\w/.test(value) && end <= start && /^\s*\|?\s*$/.test(text.slice(end, start)),
  );

function declaredName(declaration: Node): string {
  if ("id" in declaration && declaration.id && "name" in declaration.id) return String(declaration.id.name);
  if (declaration.type !== "VariableDeclaration") throw new Error(`an export without a name: ${declaration.type}`);
  const [first] = declaration.declarations;
  return first && "name" in first.id ? first.id.name : "";
}

/** Requires docstrings of members and of the object types of a union. The body of a function has no part in its type. */
function checkTypes(node: Node, name: string, text: string, require: (node: Node, name: string) => void): void {
  if (node.type === "TSPropertySignature" || node.type === "TSMethodSignature") {
    const member = `${name}.${text.slice(node.key.start, node.key.end)}`;
    require(node, member);
    for (const child of childrenOf(node)) checkTypes(child, member, text, require);
    return;
  }
  if (node.type === "BlockStatement" || node.type === "VariableDeclarator") return;
  // What contains an object type of one line describes its members.
  if (node.type === "TSTypeLiteral" && !text.slice(node.start, node.end).includes("\n")) return;
  for (const [i, child] of childrenOf(node).entries()) {
    const isUnionPart = node.type === "TSUnionType" && isObjectType(child) && !name.includes(".");
    const childName = node.type === "TSUnionType" ? `${name}, part ${i + 1}` : name;
    if (isUnionPart) require(child, childName);
    checkTypes(child, childName, text, require);
  }
}

/** An object type with named members. */
const isObjectType = (node: Node): boolean =>
  node.type === "TSTypeLiteral" && node.members.some(({ type }) => type !== "TSIndexSignature");

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .filter((value): value is Node => typeof value === "object" && value !== null && "type" in value);
