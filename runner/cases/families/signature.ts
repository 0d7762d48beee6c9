/** signature: a request that is right in itself and signed wrongly. */

import { frontDrafts } from "../gateway/index.ts";
import type { Family } from "../template.ts";

export const signature: Family = {
  id: "signature",
  about: "a request that is right in itself and signed wrongly: by another, too early or late, for something else",
  absent: () => "the envelope names no refusal of a signature",
  drafts: (action) => frontDrafts(action, "signature"),
};
