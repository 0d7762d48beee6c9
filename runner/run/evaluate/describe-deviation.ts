/** A case → what sets its judged call apart from its control, as a report can point at it. */
import type { Case, Deviation, Edit, Place } from "../../model/index.ts";

export function describeDeviations({ edit, situation }: Case): Deviation[] {
  const state = situation === null ? [] : [{ op: "situation" as const, at: situation.name }];
  return edit === null ? state : [...state, ...describeEdit(edit)];
}

function describeEdit(edit: Edit): Deviation[] {
  switch (edit.op) {
    case "remove":
      return edit.at.map((place) => ({ op: "remove", at: pointer(place) }));
    case "set":
      return [{ op: "set", at: pointer(edit.at) }];
    case "add":
      return [{ op: "add", at: `/${edit.name}` }];
    case "wire":
      return [{ op: "wire", at: JSON.stringify(edit.change) }];
    case "all":
      return edit.edits.flatMap(describeEdit);
  }
}

const pointer = ({ parameter, item }: Place): string => `/${parameter}${item === undefined ? "" : `/${item}`}`;
