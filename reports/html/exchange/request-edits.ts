/** A change of a request on the wire → the parts that it changes, and what it does in words. */
import type { RequestEdit, RequestMutation } from "../../../runner/model/index.ts";
import { plural, truncate } from "../../text/visible-text.ts";

export interface RequestChange {
  /** In the words of `partsOf`. */
  isAt(name: string): boolean;
  /** The text of the body is not what it was: its members alone would not show that. */
  readonly ofBody: boolean;
  readonly description: string;
}

/** Longest value in words. */
const longest = 80;

/** Null where the log holds something that this version does not know: any text may stand there. */
export function describeRequestChange(request: RequestMutation): RequestChange | null {
  try {
    return changeOf(request);
  } catch {
    return null;
  }
}

function changeOf(request: RequestMutation): RequestChange {
  const { signing, beforeSigning = [], afterSigning = [] } = request;
  const edits = [...beforeSigning, ...afterSigning];
  const places = [...edits.map(placeOf), ...(signing === undefined ? [] : signed(signing))];
  const words = [
    ...beforeSigning.map((edit) => describeEdit(edit)),
    ...afterSigning.map((edit) => `${describeEdit(edit)}, after it was signed`),
    ...(signing === undefined ? [] : signatureWords(signing)),
  ];
  return {
    isAt: (name) => places.some((place) => place.test(name)),
    ofBody: edits.some(({ op, ...rest }) => inBody.includes(op) || ("in" in rest && rest.in === "json")),
    description: words.join("; ") || JSON.stringify(request),
  };
}

const inBody: readonly RequestEdit["op"][] = ["body", "around", "nest", "pad"];

const exactly = (text: string): RegExp => new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`, "i");

function placeOf(edit: RequestEdit): RegExp {
  switch (edit.op) {
    case "method":
    case "path":
      return exactly(edit.op);
    case "drop":
    case "put":
    case "cut":
      return exactly(edit.in === "header" ? `header ${edit.name}` : `/${edit.name.replaceAll(".", "/")}`);
    case "pad":
    case "repeat":
      if (edit.in === "json") return exactly("body");
      return edit.op === "repeat" ? exactly(`/${edit.name.replaceAll(".", "/")}`) : /^\/$|^body$/;
    default:
      return exactly("body");
  }
}

type SigningChange = NonNullable<RequestMutation["signing"]>;

/** A signature stands in a header or among the pairs; the moment of signing beside it. */
const signed = ({ shiftSeconds }: SigningChange): RegExp[] => [
  /^(header authorization|\/(signature|usersig|secretid|identifier))$/i,
  ...(shiftSeconds === undefined ? [] : [/^(header (x-tc-timestamp|x-amz-date)|\/timestamp)$/i]),
];

function describeEdit(edit: RequestEdit): string {
  const value = (text: string): string => JSON.stringify(truncate(text, longest));
  switch (edit.op) {
    case "method":
      return `the method is ${edit.method}`;
    case "path":
      return `the path is ${value(edit.path)}`;
    case "drop":
      return `without ${edit.name} in the ${edit.in}`;
    case "put":
      return `${edit.name} in the ${edit.in} is ${value(edit.value)}`;
    case "cut":
      return `${edit.name} in the ${edit.in} lacks its last ${plural(edit.by, "character")}`;
    case "body":
      return `the body is ${value(edit.text)}`;
    case "around":
      return `the body stands between ${value(edit.before)} and ${value(edit.after)}`;
    case "nest":
      return `the body is ${plural(edit.depth, "list")} in one another`;
    case "pad":
      return `the ${edit.in} is filled up to ${plural(edit.bytes, "byte")} with what means nothing`;
    case "repeat":
      return `${edit.name} stands twice in the ${edit.in}`;
  }
}

function signatureWords({ id, key, shiftSeconds, scope, unsigned }: SigningChange): string[] {
  const scoped = Object.entries(scope ?? {}).map(([name, value]) => `${name} ${value}`);
  return [
    ...(id === undefined ? [] : ["signed with the id of another"]),
    ...(key === undefined ? [] : ["signed with another key"]),
    ...(shiftSeconds === undefined ? [] : [`signed ${shiftSeconds} s off the target's clock`]),
    ...(scoped.length === 0 ? [] : [`signed for another scope: ${scoped.join(", ")}`]),
    ...(unsigned === undefined ? [] : [`${unsigned.join(" and ")} sent and not signed`]),
  ];
}
