/** repeated-key: a member twice in one request, with the same value. */

import { twiceDrafts } from "../gateway/index.ts";
import type { Family } from "../template.ts";

export const repeatedKey: Family = {
  id: "repeated-key",
  about: "a member twice in one request, with the same value",
  absent: ({ parameters }) =>
    parameters.length === 0
      ? "the action declares no member"
      : "the envelope says nothing of a member that stands twice",
  drafts: twiceDrafts,
};
