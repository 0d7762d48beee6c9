/** repeated-key: a member twice in one request, with the same value. */

import { repeatedKeyTemplates } from "../gateway/index.ts";
import type { Family } from "../template.ts";

export const repeatedKey: Family = {
  id: "repeated-key",
  description: "a member twice in one request, with the same value",
  absenceReason: ({ parameters }) =>
    parameters.length === 0
      ? "the action declares no member"
      : "the envelope documents nothing about a member that is sent twice",
  templates: repeatedKeyTemplates,
};
