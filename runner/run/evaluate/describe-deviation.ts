/** A case -> the differences of its judged call from its control, with paths that a report can show. */
import type { Case, Deviation, MemberEdit, MemberPath } from "../../model/index.ts";

export function describeDeviations({ edit, situation }: Case): Deviation[] {
  const situations = situation === null ? [] : [{ op: "situation" as const, situation: situation.name }];
  return edit === null ? situations : [...situations, ...describeEdit(edit)];
}

function describeEdit(edit: MemberEdit): Deviation[] {
  switch (edit.op) {
    case "remove":
      return edit.at.map((path) => ({ op: "remove", path: toPointer(path) }));
    case "set":
      return [{ op: "set", path: toPointer(edit.at) }];
    case "add":
      return [{ op: "add", path: `/${edit.name}` }];
    case "request":
      return [{ op: "request", request: edit.mutation }];
    case "several":
      return edit.edits.flatMap(describeEdit);
  }
}

const toPointer = ({ parameter, steps = [] }: MemberPath): string =>
  [parameter, ...steps].map((step) => `/${typeof step === "object" ? "{}" : step}`).join("");
