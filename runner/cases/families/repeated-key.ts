/** repeated-key: a member twice in one request, with the same value. */
import type { Family } from "../draft.ts";
import { twiceDrafts } from "../front.ts";

export const repeatedKey: Family = {
  id: "repeated-key",
  about: "a member twice in one request, with the same value",
  absent: ({ parameters }) =>
    parameters.length === 0
      ? "the action declares no member"
      : "the envelope says nothing of a member that stands twice",
  drafts: twiceDrafts,
};
