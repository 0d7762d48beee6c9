/** Checks of `returnsList` and `returnsResource`: parameters, resources and members that exist, and pointers into the output. */
import type { Action } from "../model/index.ts";
import { suggestNames } from "../spec/problem.ts";
import { PLAIN_ENTRY } from "../spec/returned-list.ts";
import type { ReportProblem, YamlPath } from "../spec/yaml/yaml-file.ts";
import { entryMemberProblem, outputSchemaAt } from "./list-entries.ts";

export function lintReturned(action: Action, report: ReportProblem): void {
  const { returnedList: list, returnedResource: resource, service, output } = action;
  const parameters = action.parameters.map(({ name }) => name);
  const checkNames = (
    path: YamlPath,
    kind: string,
    names: readonly (string | undefined)[],
    known: Iterable<string>,
  ) => {
    const all = [...known];
    for (const name of names)
      if (name !== undefined && !all.includes(name)) report(path, `no ${kind} "${name}"${suggestNames(name, all)}`);
  };
  const checkPointer = (path: YamlPath, pointer: string | undefined) => {
    if (pointer !== undefined && outputSchemaAt(output, pointer) === undefined)
      report(path, `\`output\` has nothing at ${pointer}; correct the pointer or declare the member`);
  };
  if (list) {
    const of = (key: string): YamlPath => ["returnsList", key];
    checkNames(of("resource"), "resource", list.resources, service.resources.keys());
    checkNames(of("counts"), "resource", Object.values(list.counts), service.resources.keys());
    for (const key of ["entryFor", "pageSize", "offset", "nextToken"] as const)
      checkNames(of(key), "parameter", [list[key]], parameters);
    checkNames(of("filters"), "parameter", [...list.filters.keys()], parameters);
    for (const key of ["listPointer", "totalPointer", "truncatedPointer"] as const) checkPointer(of(key), list[key]);
    for (const pointer of Object.keys(list.itemTotals)) checkPointer(of("itemTotals"), pointer);
    if (list.nextToken !== undefined) checkPointer(of("nextToken"), `/${list.nextToken}`);
    const members = [...Object.keys(list.members), ...Object.keys(list.counts), ...Object.values(list.itemTotals)];
    const filtered = [...list.filters.values()].map(({ member }) => member);
    const schema = outputSchemaAt(output, list.listPointer) ?? {};
    const plainIds = entryMemberProblem(schema, PLAIN_ENTRY) === undefined && list.idMember !== undefined;
    if (plainIds && entryMemberProblem(schema, list.idMember ?? "") !== undefined)
      report(
        ["returnsList"],
        `the entries of the list are no objects and have no member "${list.idMember}"; leave \`idMember\` out where they are the ids`,
      );
    for (const name of [plainIds ? [] : (list.idMember ?? []), ...members, ...filtered].flat()) {
      const problem = entryMemberProblem(schema, name);
      if (problem !== undefined) report(["returnsList"], problem);
    }
    if (list.idMember === undefined && entryMemberProblem(schema, PLAIN_ENTRY) !== undefined)
      report(["returnsList"], "the entries of the list are objects; name the member that has the id in `idMember`");
    for (const [name, { pattern = "" }] of list.filters)
      if (!isRegExp(pattern)) report(["returnsList", "filters", name], "`pattern` is not a valid regular expression");
  }
  if (!resource) return;
  checkNames(["returnsResource", "parameter"], "parameter", [resource.parameter], parameters);
  if (resource.parameter === undefined) {
    if (!action.creates)
      report(["returnsResource"], "the action creates no resource; name the one that is returned in `parameter`");
  } else if (parameters.includes(resource.parameter) && !action.given.has(resource.parameter))
    report(["returnsResource", "parameter"], `${resource.parameter} names no resource; add its state to \`given\``);
  checkNames(["returnsResource", "counts"], "resource", Object.values(resource.counts), service.resources.keys());
  checkPointer(["returnsResource", "pointer"], resource.pointer);
  for (const name of [...Object.keys(resource.members), ...Object.keys(resource.counts)])
    checkPointer(["returnsResource"], `${resource.pointer}/${name}`);
}

function isRegExp(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") !== undefined;
  } catch {
    return false;
  }
}
