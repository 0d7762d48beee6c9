/** A case → what sets its judged call apart from its control, as a report can point at it. */
import type { Case, Deviation, MemberEdit, MemberPath } from "../../model/index.ts";

export function describeDeviations({ edit, situation }: Case): Deviation[] {
  const state = situation === null ? [] : [{ op: "situation" as const, situation: situation.name }];
  return edit === null ? state : [...state, ...describeEdit(edit)];
}

function describeEdit(edit: MemberEdit): Deviation[] {
  switch (edit.op) {
    case "remove":
      return edit.at.map((place) => ({ op: "remove", path: pointer(place) }));
    case "set":
      return [{ op: "set", path: pointer(edit.at) }];
    case "add":
      return [{ op: "add", path: `/${edit.name}` }];
    case "request":
      return [{ op: "request", request: edit.mutation }];
    case "several":
      return edit.edits.flatMap(describeEdit);
  }
}

const pointer = ({ parameter, item }: MemberPath): string => `/${parameter}${item === undefined ? "" : `/${item}`}`;
