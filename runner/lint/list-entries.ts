/** The members of an entry that a probe, a look-up or a returned list names -> those that no entry can have. */
import type { Action, CallMembers, Json, Schema } from "../model/index.ts";
import { suggestNames } from "../spec/problem.ts";
import { PLAIN_ENTRY } from "../spec/returned-list.ts";
import type { ReportProblem, YamlPath } from "../spec/yaml/yaml-file.ts";

/** `expected`: the pointer to a list and the members of its entry. Nothing is reported where the action does not exist. */
export function lintListedEntry(
  called: Action | undefined,
  { listPointer, ...members }: CallMembers,
  path: YamlPath,
  report: ReportProblem,
): void {
  const names = Object.keys(members);
  if (names.length === 0)
    report(
      path,
      `names no member of an entry, so every entry fits; add the one that has the id, such as \`NoteId: id\`, or \`${PLAIN_ENTRY}: id\` where the entries themselves are the ids`,
    );
  if (!called || typeof listPointer !== "string") return;
  const list = outputSchemaAt(called.output, listPointer);
  if (list === undefined)
    report(
      [...path, "listPointer"],
      `\`output\` of ${called.name} has nothing at ${listPointer}; correct the pointer or declare the member`,
    );
  for (const name of list ? names : []) {
    const problem = entryMemberProblem(list ?? {}, name);
    if (problem !== undefined) report([...path, name], problem);
  }
}

/** What is wrong with the name of a member of an entry of this list; undefined where the schema allows it or does not tell. */
export function entryMemberProblem(list: Schema, name: string): string | undefined {
  const { items } = list as { items?: Schema };
  const types: readonly Json[] = [items?.type ?? []].flat();
  if (types.length > 0 && !types.includes("object"))
    return name === PLAIN_ENTRY
      ? undefined
      : `the entries of the list are no objects and have no member "${name}"; write \`${PLAIN_ENTRY}\` for the entry itself`;
  if (!items?.properties || name in items.properties) return undefined;
  return `no member of an entry "${name}"${suggestNames(name, Object.keys(items.properties))}`;
}

/** The schema of the value at the pointer; undefined where the properties there are declared and do not have it. */
export function outputSchemaAt(schema: Schema, pointer: string): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const name of pointer.split("/").slice(1))
    at = at?.properties === undefined ? at && {} : (at.properties[name] as Schema | undefined);
  return at;
}
