/** Action → the values that its page describes: those of output fields and defaults, each with a reason where no case compares it. */
import type { Action, DocumentedElement } from "../model/index.ts";
import { entryMembers, PLAIN_ENTRY } from "../spec/returned-list.ts";
import { fieldsOf } from "./documented-elements.ts";

export type DocumentedValue = Pick<DocumentedElement, "id" | "action" | "name" | "source" | "notCoveredReason"> & {
  readonly kind: "value" | "default";
};

export function documentedValues(action: Action): DocumentedValue[] {
  const compared = comparedFields(action);
  const value = (
    kind: DocumentedValue["kind"],
    name: string,
    isCompared: boolean,
    reason: string,
  ): DocumentedValue => ({
    id: `${action.id}/${kind}/${name.replaceAll("[]", ".items")}`,
    action: action.id,
    kind,
    name,
    source: action.parameters.find((p) => kind === "default" && p.name === name)?.source ?? action.source,
    ...(isCompared ? {} : { notCoveredReason: reason }),
  });
  return [
    ...fieldsOf(action.output, "").map((path) =>
      value("value", path, compared.has(path), "only its type is checked: nothing in the spec states its value"),
    ),
    ...action.parameters
      .filter(({ schema }) => schema.default !== undefined)
      .map(({ name }) =>
        value(
          "default",
          name,
          [action.returnedList?.pageSize, action.returnedList?.offset].includes(name),
          "no case shows what the default has as its effect",
        ),
      ),
  ];
}

/** Paths of output fields whose values a check or a postcondition compares. The lists themselves are compared by their entries. */
function comparedFields(action: Action): Set<string> {
  const { creates, itemResults, returnedList: list, returnedResource: resource } = action;
  const path = (pointer: string) => pointer.slice(1).replaceAll("/", ".");
  const inside = (parent: string, names: readonly string[]) =>
    names.map((name) => (parent === "" ? name : `${parent}.${name}`));
  const fields: string[] = [];
  if (creates?.id.startsWith("output.")) fields.push(creates.id.slice("output.".length));
  if (itemResults)
    fields.push(...withEntries(path(itemResults.listPointer), [itemResults.idMember, itemResults.resultMember]));
  if (resource)
    fields.push(
      path(resource.pointer),
      ...inside(path(resource.pointer), [...Object.keys(resource.members), ...Object.keys(resource.counts)]),
    );
  if (list) {
    const ofResources = list.resources.flatMap((name) => {
      const resource = action.service.resources.get(name);
      return resource ? Object.keys(entryMembers(action, list, resource)) : [];
    });
    const members = [list.idMember ?? [], ofResources, Object.keys(list.counts)].flat();
    const filtered = [...list.filters.values()].map(({ member }) => member);
    fields.push(...withEntries(path(list.listPointer), [...members, ...filtered]));
    for (const pointer of [list.totalPointer, list.truncatedPointer, ...Object.keys(list.itemTotals)])
      if (pointer !== undefined) fields.push(path(pointer));
    if (list.nextToken !== undefined) fields.push(list.nextToken);
  }
  for (const { probes } of action.service.resources.values())
    for (const { call, expectListed, expectNotListed } of probes.values()) {
      const { listPointer, ...members } = expectListed ?? expectNotListed ?? {};
      if (call === action.name && typeof listPointer === "string")
        fields.push(...withEntries(path(listPointer), Object.keys(members)));
    }
  return new Set(fields);
}

const withEntries = (list: string, members: readonly string[]): string[] => [
  list,
  ...members.map((m) => (m === PLAIN_ENTRY ? `${list}[]` : `${list}[].${m}`)),
];
