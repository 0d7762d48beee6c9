/** omitted: leaves out a required member of a response, of its envelope or of the output in it. retyped: gives it another JSON type. */
import type { Envelope, Json, Schema, Service } from "../../../model/index.ts";
import type { EmulatorResponse, RequestContext } from "../../request-context.ts";
import { editJson } from "../fault.ts";
import { refusalFamily } from "./breaches.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";

type Members = Record<string, Json>;
/** The names of a member and of the objects around it. */
type Path = readonly string[];

/** A required member: of which responses, and what finds its absence. */
interface RequiredMember {
  readonly action: string;
  readonly kind: "success" | "refusal";
  readonly place: string;
  readonly keyword: string;
  readonly path: Path;
  readonly family: string;
  readonly check: string;
}

export const omitted: Operator = {
  id: "omitted",
  *faultsOf(service) {
    const { discriminator } = service.envelope;
    for (const member of requiredMembers(service)) {
      // A refusal without its distinctive member is taken for a success.
      const isDistinctive =
        member.kind === "refusal" &&
        discriminator.kind === "refusal-has" &&
        discriminator.pointer === pointerTo(member.path);
      const check = isDistinctive ? "outcome" : member.check;
      yield memberFault({ ...member, check }, "omitted", `Omits ${member.keyword}`, (parent, name) => {
        delete parent[name];
      });
    }
  },
};

export const retyped: Operator = {
  id: "retyped",
  *faultsOf(service) {
    for (const member of requiredMembers(service))
      yield memberFault(member, "retyped", `Gives ${member.keyword} another type`, (parent, name) => {
        parent[name] = otherType(parent[name]);
      });
  },
};

/** A string becomes a number, a number a string, an object a list of one item, and a list an object. */
function otherType(value: Json | undefined): Json {
  if (typeof value === "string") return 7;
  if (Array.isArray(value)) return { ...(value as object) };
  return typeof value === "object" ? [value] : String(value);
}

function* requiredMembers({ id, envelope, actions }: Service): Iterable<RequiredMember> {
  const refused = refusalFamily(actions.values());
  for (const [kind, family] of [
    ["success", "valid"],
    ["refusal", refused],
  ] as const)
    if (family !== undefined)
      for (const path of requiredPaths(envelope[kind].schema))
        yield { action: id, kind, place: kind, keyword: path.join("."), path, family, check: checkOf(envelope, path) };
  const parents = envelope.output.split("/").slice(1);
  for (const action of actions.values())
    for (const path of requiredPaths(action.output)) {
      const keyword = path.join(".");
      const member = { kind: "success", place: "output", family: "valid", check: "output" } as const;
      yield { ...member, action: action.id, keyword, path: [...parents, ...path] };
    }
}

/** Members of lists are left out, since a list may be empty. */
function requiredPaths({ required = [], properties = {} }: Schema): Path[] {
  return required.flatMap((name) => {
    const inner = requiredPaths((properties as Record<string, Schema>)[name] ?? {});
    return [[name], ...inner.map((path) => [name, ...path])];
  });
}

const pointerTo = (path: Path): string => `/${path.join("/")}`;

const checkOf = ({ requestId }: Envelope, path: Path): string =>
  requestId && "body" in requestId && requestId.body === pointerTo(path) ? "request-id" : "envelope";

const memberFault = (
  { action, kind, place, keyword, path, family, check }: RequiredMember,
  operator: string,
  change: string,
  edit: (parent: Members, name: string) => void,
): OperatorFault =>
  operatorFault({
    operator,
    action,
    place,
    keyword,
    description: `${change} in a ${kind}.`,
    family,
    detects: `check:${check}`,
    response: (response, context) => (isOfKind(kind, response, context) ? editMember(response, path, edit) : response),
  });

const isOfKind = (kind: RequiredMember["kind"], { body }: EmulatorResponse, { refusal }: RequestContext): boolean =>
  body !== "" && (kind === "refusal") === (refusal !== undefined);

const editMember = (response: EmulatorResponse, path: Path, edit: (parent: Members, name: string) => void) =>
  editJson(response, (body) => {
    const name = path.at(-1) ?? "";
    const parent = path
      .slice(0, -1)
      .reduce<Json | undefined>((value, key) => (value as Members | undefined)?.[key], body);
    if (typeof parent === "object" && parent !== null && name in parent) edit(parent as Members, name);
  });
