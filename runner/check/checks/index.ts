/** All checks of a readable response, in the order in which their findings are reported. */
import type { Check } from "../check.ts";
import { code } from "./code.ts";
import { codePlaces } from "./code-places.ts";
import { contentType } from "./content-type.ts";
import { envelope } from "./envelope.ts";
import { items } from "./items.ts";
import { list } from "./list.ts";
import { outcome } from "./outcome.ts";
import { output } from "./output.ts";
import { requestId } from "./request-id.ts";
import { sample } from "./sample.ts";
import { status } from "./status.ts";

export const checks: readonly Check[] = [
  status,
  contentType,
  envelope,
  output,
  requestId,
  outcome,
  code,
  codePlaces,
  items,
  list,
  sample,
];
