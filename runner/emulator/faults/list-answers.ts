/** Faults of each action that returns a list, or the properties of a resource: pages, filters, entries, totals and values. */
import type { Action, CallMembers, Json, Resource, ReturnedList, Schema, Service } from "../../model/index.ts";
import { entryMembers, idOfEntry, listScope, MAX_DEFAULT_ENTRIES, pageSizeOf } from "../../spec/returned-list.ts";
import type { RequestContext } from "../request-context.ts";
import { editJson, type Fault } from "./fault.ts";

type InputHook = NonNullable<Fault["input"]>;
type Entry = Record<string, Json>;
type Hooks = Pick<Fault, "input" | "response">;

/** The faults of an action: the end of the id, the description, the check that detects it and what it does. */
type Row = readonly [
  kind: string,
  description: string,
  check: "list" | "listed" | "described" | "output",
  hooks: Hooks,
];

/** A number by which a total is wrong. */
const WRONG_BY = 7;

export function* listAnswerFaultsOf({ actions }: Service): Iterable<Fault> {
  for (const action of actions.values()) {
    const { returnedList: list, returnedResource } = action;
    if (returnedResource) yield* toFaults(action, "valid", [...resourceRows(action)]);
    if (!list) continue;
    const isOfItems = listScope(action, list).kind === "items";
    yield* toFaults(action, isOfItems ? "valid" : "listing", [...entryRows(action, list)]);
    yield* toFaults(action, isOfItems ? "valid" : "listing", [...totalRows(list)]);
    if (isOfItems) continue;
    yield* toFaults(action, "listing", [...pageRows(action, list), ...filterRows(list)]);
    const kept = keptEntryFault(action, list);
    if (kept) yield kept;
  }
}

const toFaults = (action: Action, family: string, rows: readonly Row[]): Fault[] =>
  rows.map(([kind, description, check, hooks]) => ({
    id: `${action.id}:list/${kind}`,
    description,
    action: action.id,
    family,
    detects: `check:${check}`,
    ...hooks,
  }));

function* pageRows(action: Action, list: ReturnedList): Iterable<Row> {
  const { pageSize, offset, nextToken, truncatedPointer } = list;
  const sizeSchema = action.parameters.find(({ name }) => name === pageSize)?.schema;
  if (pageSize !== undefined && sizeSchema) {
    const { maximum = Number.POSITIVE_INFINITY, default: defaultSize } = sizeSchema;
    const enlarge = (size: Json | undefined) => (typeof size === "number" && size < maximum ? size + 1 : size);
    yield ["page-size-ignored", `Ignores ${pageSize}.`, "list", { input: without(pageSize) }];
    const oneMore = changed(pageSize, enlarge);
    yield ["page-size-plus-one", `Returns one entry more than ${pageSize}.`, "list", { input: oneMore }];
    const longDefault: InputHook = (members) => ({ [pageSize]: Number(defaultSize) + 1, ...members });
    const shortDefault: InputHook = (members) => ({ [pageSize]: Math.ceil(Number(defaultSize) / 2), ...members });
    const isTested = typeof defaultSize === "number" && defaultSize < MAX_DEFAULT_ENTRIES;
    if (isTested && nextToken === undefined)
      yield [
        "short-default-size",
        `Returns half as many entries without ${pageSize}.`,
        "listed",
        { input: shortDefault },
      ];
    if (isTested)
      yield ["default-size", `Returns ${defaultSize + 1} entries without ${pageSize}.`, "list", { input: longDefault }];
  }
  if (offset !== undefined) {
    yield ["offset-ignored", `Ignores ${offset}.`, "listed", { input: without(offset) }];
    const moved = (by: number) => changed(offset, (n) => (typeof n === "number" && n > 0 ? n + by : n));
    if (nextToken === undefined && isOwn(action, list)) {
      yield ["offset-plus-one", `Skips one entry more than ${offset}.`, "listed", { input: moved(1) }];
      yield ["offset-minus-one", `Skips one entry fewer than ${offset}.`, "listed", { input: moved(-1) }];
    }
  }
  if (nextToken === undefined) return;
  yield ["token-ignored", `Returns the first page for each ${nextToken}.`, "listed", { input: without(nextToken) }];
  const unusable = onOutput((output) => {
    if (output[nextToken] !== undefined) output[nextToken] = "unusable";
  });
  yield ["token-refused", `Refuses its own ${nextToken}.`, "listed", { response: unusable }];
  const endless: Hooks = {
    input: without(nextToken),
    response: onOutput((output) => {
      output[nextToken] = "again";
    }),
  };
  yield ["endless-token", `Returns a ${nextToken} on every page.`, "listed", endless];
  if (truncatedPointer !== undefined)
    yield [
      "truncated",
      "States that there is a next page where there is none.",
      "listed",
      { response: onOutput((output) => setAt(output, truncatedPointer, () => true)) },
    ];
}

function* filterRows({ filters, listPointer }: ReturnedList): Iterable<Row> {
  for (const [name, { pattern }] of filters) {
    yield [`filter-ignored/${name}`, `Ignores ${name}.`, "list", { input: without(name) }];
    // No entry of the run is known to match a pattern.
    if (pattern !== undefined) continue;
    const empty = onOutput((output, { members }) => {
      if (members[name] !== undefined) setAt(output, listPointer, () => []);
    });
    yield [`filter-empty/${name}`, `Returns no entry where ${name} is sent.`, "listed", { response: empty }];
  }
}

function* totalRows({ totalPointer, itemTotals }: ReturnedList): Iterable<Row> {
  const wrongBy = (pointer: string, by: number): Hooks => ({
    response: onOutput((output) => setAt(output, pointer, (n) => Math.max(0, Number(n ?? 0) + by))),
  });
  const pointers = [...(totalPointer === undefined ? [] : [totalPointer]), ...Object.keys(itemTotals)];
  for (const pointer of pointers) {
    const name = pointer.slice(1);
    yield [`total-too-large/${name}`, `${name} is ${WRONG_BY} too large.`, "listed", wrongBy(pointer, WRONG_BY)];
    yield [`total-too-small/${name}`, `${name} is ${WRONG_BY} too small.`, "listed", wrongBy(pointer, -WRONG_BY)];
  }
}

function* entryRows(action: Action, list: ReturnedList): Iterable<Row> {
  const edit = (change: (entries: Entry[]) => Entry[]): Hooks => ({
    response: onOutput((output) =>
      setAt(output, list.listPointer, (entries) => (Array.isArray(entries) ? change(entries as Entry[]) : entries)),
    ),
  });
  yield ["entry-twice", "Returns the last entry twice.", "list", edit((entries) => [...entries, ...entries.slice(-1)])];
  const half = edit((entries) => entries.filter((_, i) => i % 2 === 1));
  yield ["entry-lost", "Leaves out every second entry.", "listed", half];
  if (isOwn(action, list)) {
    const foreign = edit((entries) => entries.map((e, i) => (i > 0 ? e : withId(list, e, "of-another"))));
    yield ["entry-of-another", "Returns an entry that belongs elsewhere.", "listed", foreign];
  }
  for (const [member] of Object.entries(list.counts)) {
    const counted = edit((entries) => entries.map((e) => ({ ...e, [member]: Number(e[member]) + WRONG_BY })));
    yield [`count/${member}`, `${member} is ${WRONG_BY} too large.`, "listed", counted];
  }
  const resource = action.service.resources.get(list.resources[0] ?? "");
  for (const [member, path] of resource ? Object.entries(entryMembers(action, list, resource)) : []) {
    const lost = edit((entries) => entries.map(({ [member]: _, ...others }) => others));
    if (isDescription(path)) {
      const wrong = edit((entries) => entries.map((e) => ({ ...e, [member]: wrongValue(e[member], path) })));
      yield [`member/${member}`, `Returns a wrong ${member}.`, "listed", wrong];
      continue;
    }
    const check = isRequired(action, list, member) ? "output" : "listed";
    yield [`member-lost/${member}`, `Leaves out ${member}.`, check, lost];
    if (!differs(resource, action, path)) continue;
    const moved = edit((entries) =>
      entries.map((e, i) => ({ ...e, [member]: entries[(i + 1) % entries.length]?.[member] ?? null })),
    );
    yield [`member-of-another/${member}`, `Returns the ${member} of another entry.`, "listed", moved];
  }
}

/** True where the output schema requires the member of an entry. */
const isRequired = ({ output }: Action, { listPointer }: ReturnedList, member: string): boolean => {
  const names = listPointer.split("/").slice(1);
  const list = names.reduce((schema, name) => (schema.properties?.[name] ?? {}) as Schema, output);
  return (list as { items?: Schema }).items?.required?.includes(member) ?? false;
};

/** True where each entry of a case has another value: it is no id, and no value of a few. */
function differs(resource: Resource | undefined, { service }: Action, path: Json): boolean {
  const create = service.actions.get(resource?.create ?? "");
  const parameter = create?.parameters.find(({ name }) => path === `input.${name}`);
  return parameter?.schema.type === "string" && !parameter.schema.enum && parameter.positiveValues === undefined;
}

function* resourceRows({ returnedResource }: Action): Iterable<Row> {
  if (!returnedResource) return;
  const { parameter, pointer, members, counts } = returnedResource;
  const edit = (member: string, change: (value: Json | undefined) => Json): Hooks => ({
    response: onOutput((output) => setAt(output, `${pointer}/${member}`, change)),
  });
  for (const member of Object.keys(counts))
    yield [
      `count/${member}`,
      `${member} is ${WRONG_BY} too large.`,
      "described",
      edit(member, (n) => Number(n) + WRONG_BY),
    ];
  for (const [member, value] of Object.entries(members)) {
    const wrong = edit(member, (shown) => wrongValue(shown, value));
    // Members that the create call of a case does not send are not compared. Every member is sent by a case of the call itself.
    const isSent = parameter === undefined || value === "id" || typeof value !== "string" || member.endsWith("Name");
    if (isSent) yield [`member/${member}`, `Returns another ${member}.`, "described", wrong];
  }
}

const isDescription = (expected: Json): boolean => typeof expected === "object" && expected !== null;

/** A value that differs from the shown one, and from everything that the spec describes. */
function wrongValue(shown: Json | undefined, expected: Json): Json {
  if (typeof shown === "number")
    return isDescription(expected) && (expected as Entry)["is"] === "time" ? shown * 1000 : shown + WRONG_BY;
  if (!isDescription(expected)) return "of-another";
  return (expected as Entry)["is"] === "time" ? "2099-12-31 00:00:00" : `${shown}-of-another`;
}

/** Lists resources that were created and no longer exist, because their entries are remembered. */
function keptEntryFault(action: Action, list: ReturnedList): Fault | undefined {
  const scope = listScope(action, list);
  const resource = action.service.resources.get(list.resources[0] ?? "");
  if (!resource || scope.kind === "containers") return undefined;
  const remembered = new WeakMap<object, { readonly id: Json; readonly members: CallMembers }[]>();
  const container = scope.kind === "account" ? undefined : scope.parameter;
  return {
    id: `${action.id}:list/deleted-entry`,
    description: "Lists resources that were deleted.",
    action: action.service.id,
    family: "listing",
    detects: "check:listed",
    response: (response, context) => {
      if (context.refusal) return response;
      const entries = remembered.get(context.emulator) ?? [];
      remembered.set(context.emulator, entries);
      if (context.action?.creates?.name === resource.name) {
        const id = idOf(resource, context, response.body);
        if (id !== undefined) entries.push({ id, members: context.members });
      }
      if (context.action?.id !== action.id) return response;
      const isOfList = ({ members }: { members: CallMembers }) =>
        container === undefined || members[container] === context.members[container];
      return onOutput((output) =>
        setAt(output, list.listPointer, (listed) => {
          const present = Array.isArray(listed) ? (listed as Entry[]) : [];
          const others = entries.filter((e) => isOfList(e) && !present.some((p) => idOfEntry(list, p) === e.id));
          const all = [...present, ...others.map((e) => withId(list, e.members, e.id))];
          return all.slice(0, Math.max(present.length, pageSizeOf(action, list, context.members) ?? all.length));
        }),
      )(response, context);
    },
  };
}

/** The entry with another id; an entry that is no object is its id. */
const withId = ({ idMember }: ReturnedList, entry: CallMembers, id: Json): Entry =>
  (idMember === undefined ? id : { ...entry, [idMember]: id }) as Entry;

function idOf({ id }: Resource, { members, service }: RequestContext, body: string): Json | undefined {
  const [root, ...names] = id.split(".");
  const output = valueAt(JSON.parse(body || "{}") as Json, service?.envelope.output ?? "");
  return valueAt(root === "input" ? members : output, `/${names.join("/")}`);
}

/** True where only the caller of the list has put something into it. */
function isOwn(action: Action, list: ReturnedList): boolean {
  const scope = listScope(action, list);
  if (scope.kind === "items" || scope.kind === "account") return false;
  const resource = action.service.resources.get(action.given.get(scope.parameter)?.resource ?? "");
  return resource?.create !== undefined;
}

const without =
  (name: string): InputHook =>
  ({ [name]: _, ...members }) =>
    members;

const changed =
  (name: string, change: (value: Json | undefined) => Json | undefined): InputHook =>
  (members) => {
    const value = change(members[name]);
    return value === undefined ? members : { ...members, [name]: value };
  };

/** Edits the output of an accepted call. */
const onOutput =
  (edit: (output: Entry, context: RequestContext) => void): NonNullable<Fault["response"]> =>
  (response, context) =>
    context.refusal
      ? response
      : editJson(response, (body) => {
          const output = valueAt(body, context.service?.envelope.output ?? "");
          if (typeof output === "object" && output !== null) edit(output as Entry, context);
        });

const valueAt = (value: Json | undefined, pointer: string): Json | undefined =>
  pointer
    .split("/")
    .slice(1)
    .reduce<Json | undefined>((at, name) => (at as Entry | null | undefined)?.[name], value);

/** Replaces the value at the pointer, where its parent exists. */
function setAt(output: Entry, pointer: string, change: (value: Json | undefined) => Json | undefined): void {
  const end = pointer.lastIndexOf("/");
  const parent = valueAt(output, pointer.slice(0, end)) as Entry | undefined;
  const name = pointer.slice(end + 1);
  const value = parent && change(parent[name]);
  if (parent && value !== undefined) parent[name] = value;
}
