/** listing: lists with entries of the run, and properties of a resource that is not alone or not empty. */
import type { Action, Json, ListPlan, MemberEdit, Parameter, ReturnedList } from "../../model/index.ts";
import { listScope, MAX_DEFAULT_ENTRIES, pageSizeOf } from "../../spec/returned-list.ts";
import { isSendable } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const listing: Family = {
  id: "listing",
  description:
    "a list with entries of the run: in pages of two, of the default size, and with each filter; a resource next to a newer one, and with contents",
  absenceReason: ({ returnedList }) =>
    returnedList
      ? "no document states which resources are in the list"
      : "its output has no list of resources, and no properties of an existing one",
  *templates(action) {
    const { returnedList } = action;
    yield* propertyTemplates(action);
    if (!returnedList || listScope(action, returnedList).kind === "items") return;
    yield* pageTemplates(action, returnedList);
    for (const [name, { pattern }] of returnedList.filters) {
      const p = parameterOf(action, name);
      if (!p || !isSendable(p)) continue;
      const values = pattern === undefined ? (p.schema.enum ?? []) : (p.positiveValues?.values ?? []);
      for (const [i, value] of (values as Json[]).entries())
        yield listTemplate(action, p, {
          slug: pattern === undefined ? `is-${String(value).replace(/[^A-Za-z0-9._-]/g, "-")}` : `value-${i + 1}`,
          title: `MUST list only entries with ${name} ${JSON.stringify(value)}`,
          listPlan: { count: FEW, readsAllPages: true },
          values: { ...largestPage(action, returnedList), [name]: value },
        });
    }
  },
};

/** The properties of a resource that is not the newest one of its kind, and of one in which something is. */
function* propertyTemplates({ given, returnedResource, service, source }: Action): Iterable<CaseTemplate> {
  const { parameter = "", counts = {} } = returnedResource ?? {};
  const state = given.get(parameter);
  if (!state || service.resources.get(state.resource)?.create === undefined) return;
  const title = `MUST return the properties of the ${state.resource} that the call names`;
  const rows: [slug: string, title: string, resource: string, containers: readonly string[]][] = [
    ["next-to-another", `${title}, not of a newer one`, state.resource, state.containers],
    ...Object.values(counts).map((content): (typeof rows)[number] => [
      `with-${content.replaceAll(" ", "-")}`,
      `${title}, with a ${content} in it`,
      content,
      [parameter],
    ]),
  ];
  for (const [slug, title, resource, containers] of rows)
    yield {
      place: parameter,
      slug,
      title,
      outcome: "success",
      rule: null,
      source,
      binding: service.bindings[0] ?? "",
      extraResource: { kind: "existing", resource, isList: false, count: 1, containers, createMembers: {} },
    };
}

/** Entries of a page, and of a list that has one page that is full and one that is not. */
const [SMALL_PAGE, FEW] = [2, 3];

function* pageTemplates(action: Action, list: ReturnedList): Iterable<CaseTemplate> {
  const size = parameterOf(action, list.pageSize);
  const small = Math.max(SMALL_PAGE, size?.schema.minimum ?? SMALL_PAGE);
  const inPages = size && isSendable(size) ? { [size.name]: small } : undefined;
  const few = { count: small + 1, readsAllPages: false };
  const title = "MUST list each entry once";
  if (size && inPages)
    yield listTemplate(action, size, {
      slug: `pages-of-${small}`,
      title: `${title}, in pages of at most ${small}`,
      listPlan: few,
      values: inPages,
    });
  const defaultSize = pageSizeOf(action, list, {});
  if (size && defaultSize !== undefined && defaultSize < MAX_DEFAULT_ENTRIES)
    yield listTemplate(action, size, {
      slug: "default",
      title: `${title}, in pages of at most ${defaultSize} where no size is sent`,
      listPlan: { count: defaultSize + 1, readsAllPages: false },
      values: {},
    });
  if (!inPages || !isOwnList(action, list)) {
    yield listTemplate(action, size, {
      slug: size ? "largest" : "all",
      title: `${title}, in pages of the largest size`,
      listPlan: { count: FEW, readsAllPages: true },
      values: largestPage(action, list),
    });
  }
  // A list that has tokens as well is read with them, so its offset needs a case.
  const offset = list.nextToken === undefined ? undefined : parameterOf(action, list.offset);
  if (offset && isSendable(offset))
    yield listTemplate(action, offset, {
      slug: String(small),
      title: `MUST skip ${small} entries`,
      listPlan: few,
      values: { ...inPages, [offset.name]: small },
    });
}

function largestPage(action: Action, { pageSize }: ReturnedList): Readonly<Record<string, Json>> {
  const size = parameterOf(action, pageSize);
  const maximum = size && isSendable(size) ? size.schema.maximum : undefined;
  return size && maximum !== undefined ? { [size.name]: maximum } : {};
}

/** True where the list is that of a resource which the case creates, so that nobody else has entries in it. */
function isOwnList(action: Action, list: ReturnedList): boolean {
  const scope = listScope(action, list);
  const state = "parameter" in scope ? action.given.get(scope.parameter) : undefined;
  return action.service.resources.get(state?.resource ?? "")?.create !== undefined;
}

const parameterOf = ({ parameters }: Action, name: string | undefined): Parameter | undefined =>
  parameters.find((p) => p.name === name);

interface ListCase {
  readonly slug: string;
  readonly title: string;
  readonly listPlan: ListPlan;
  /** By parameter: the values that are sent. */
  readonly values: Readonly<Record<string, Json>>;
}

function listTemplate(action: Action, about: Parameter | undefined, { values, ...own }: ListCase): CaseTemplate {
  const edits = Object.entries(values).map(
    ([parameter, value]): MemberEdit => ({ op: "set", at: { parameter }, value: { kind: "literal", value } }),
  );
  const [first] = edits;
  return {
    ...own,
    place: about?.name ?? "call",
    outcome: "success",
    rule: null,
    additionalParameters: Object.keys(values),
    ...(first ? { edit: edits.length === 1 ? first : { op: "several", edits } } : {}),
    source: about?.source ?? action.source,
  };
}
