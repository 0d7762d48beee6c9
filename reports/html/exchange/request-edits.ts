/** Mutation of a request → the parts that it changes, and a description. */
import type { RequestEdit, RequestMutation } from "../../../runner/model/index.ts";
import { plural, truncate } from "../../text/visible-text.ts";

export interface RequestChange {
  /** `name`: of a part, as `requestParts` names it. */
  affects(name: string): boolean;
  /** True where the body differs as text, which its members do not show. */
  readonly changesBodyText: boolean;
  readonly description: string;
}

/** Longest value in a description, in UTF-16 units. */
const MAX_VALUE_UNITS = 80;

/** Null where the log holds a mutation that this version does not know. */
export function describeRequestChange(request: RequestMutation): RequestChange | null {
  try {
    return toRequestChange(request);
  } catch {
    return null;
  }
}

function toRequestChange(request: RequestMutation): RequestChange {
  const { signing, beforeSigning = [], afterSigning = [], signedBefore } = request;
  const edits = [...beforeSigning, ...afterSigning];
  const affectedParts = [...edits.map(affectedPart), ...(signing === undefined ? [] : signingParts(signing))];
  const descriptions = [
    ...beforeSigning.map((edit) => describeEdit(edit)),
    ...afterSigning.map((edit) => `${describeEdit(edit)}, after signing`),
    ...(signing === undefined ? [] : describeSigning(signing)),
    ...(signedBefore ? ["sent as it was signed before"] : []),
  ];
  return {
    affects: (name) => affectedParts.some((part) => part.test(name)),
    changesBodyText: edits.some(({ op, ...rest }) => BODY_EDITS.includes(op) || ("in" in rest && rest.in === "json")),
    description: descriptions.join("; ") || JSON.stringify(request),
  };
}

const BODY_EDITS: readonly RequestEdit["op"][] = ["body", "around", "nest", "pad"];

const exactPattern = (text: string): RegExp => new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`, "i");

function affectedPart(edit: RequestEdit): RegExp {
  switch (edit.op) {
    case "method":
    case "path":
      return exactPattern(edit.op);
    case "drop":
    case "put":
    case "cut":
      return exactPattern(edit.in === "header" ? `header ${edit.name}` : `/${edit.name.replaceAll(".", "/")}`);
    case "pad":
    case "repeat":
      if (edit.in === "json") return exactPattern("body");
      return edit.op === "repeat" ? exactPattern(`/${edit.name.replaceAll(".", "/")}`) : /^\/$|^body$/;
    default:
      return exactPattern("body");
  }
}

type SigningChange = NonNullable<RequestMutation["signing"]>;

/** Parts that hold the signature and, if it is shifted, the time of signing: headers or query parameters. */
const signingParts = ({ shiftSeconds }: SigningChange): RegExp[] => [
  /^(header authorization|\/(signature|usersig|secretid|identifier))$/i,
  ...(shiftSeconds === undefined ? [] : [/^(header (x-tc-timestamp|x-amz-date)|\/timestamp)$/i]),
];

function describeEdit(edit: RequestEdit): string {
  const quote = (text: string): string => JSON.stringify(truncate(text, MAX_VALUE_UNITS));
  switch (edit.op) {
    case "method":
      return `the method is ${edit.method}`;
    case "path":
      return `the path is ${quote(edit.path)}`;
    case "drop":
      return `without ${edit.name} in the ${edit.in}`;
    case "put":
      return `${edit.name} in the ${edit.in} is ${quote(edit.value)}`;
    case "cut":
      return `${edit.name} in the ${edit.in} lacks its last ${plural(edit.by, "character")}`;
    case "body":
      return `the body is ${quote(edit.text)}`;
    case "around":
      return `the body is enclosed in ${quote(edit.before)} and ${quote(edit.after)}`;
    case "nest":
      return `the body is ${plural(edit.depth, "nested list")}`;
    case "pad":
      return `the ${edit.in} is padded to ${plural(edit.bytes, "byte")} without a change of meaning`;
    case "repeat":
      return `${edit.name} is repeated in the ${edit.in}`;
  }
}

function describeSigning(change: SigningChange): string[] {
  const { id, key, shiftSeconds, scope, unsigned, alteration, userSig } = change;
  const scoped = Object.entries(scope ?? {}).map(([name, value]) => `${name} ${value}`);
  return [
    ...(id === undefined ? [] : ["signed with another id"]),
    ...(key === undefined ? [] : ["signed with another key"]),
    ...(shiftSeconds === undefined ? [] : [`signed with a time ${shiftSeconds} s from the target's clock`]),
    ...(scoped.length === 0 ? [] : [`signed for another scope: ${scoped.join(", ")}`]),
    ...(unsigned === undefined ? [] : [`${unsigned.join(" and ")} sent but not signed`]),
    ...(alteration === undefined ? [] : [alterationPhrases[alteration]]),
    ...Object.entries(userSig ?? {}).map(([name, value]) => `with a usersig whose ${name} is ${value}`),
  ];
}

const alterationPhrases: Readonly<Record<NonNullable<SigningChange["alteration"]>, string>> = {
  "first-character": "the first character of the signature is another one",
  "last-character": "the last character of the signature is another one",
  "other-case": "the letters of the signature have the other case",
};
