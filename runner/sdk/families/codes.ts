/** codes: each documented code reaches the caller as an error with that code. */
import type { ErrorCode } from "../../model/index.ts";
import { plainRefusal } from "../plain-answer.ts";
import type { SdkFamily } from "../sdk-family.ts";

export const codes: SdkFamily = {
  id: "codes",
  description: "each documented code of the action, and from depth standard on those that all actions share",
  scope: { quick: "action", standard: "action" },
  *cases(action, _binding, { depth }) {
    const { service } = action;
    const rows = new Map<string, ErrorCode>(action.errors);
    if (depth !== "quick")
      for (const [code, row] of [...service.errors, ...service.envelope.codes])
        if (!rows.has(code)) rows.set(code, row);
    for (const [code, { source }] of rows)
      yield {
        place: "code",
        slug: code,
        title: `MUST return an error with ${code}`,
        source,
        ...plainRefusal(code),
      };
  },
};
