/** Every protocol, and which one speaks a binding. */
import type { Protocol } from "../model/index.ts";
import { awsSigv4 } from "./aws-sigv4/protocol.ts";
import { tc3 } from "./tc3/protocol.ts";
import { tencentIm } from "./tencent-im/protocol.ts";
import { tencentV1 } from "./tencent-v1/protocol.ts";

/** In the order in which a server tries them; v1 is last, as it must look into the body. */
export const protocols: readonly Protocol[] = [tc3, awsSigv4, tencentIm, tencentV1];

const byBinding = new Map(protocols.flatMap((one) => one.bindings.map((binding) => [binding, one] as const)));

/** @throws where no protocol has that binding. */
export function protocolOf(binding: string): Protocol {
  const found = byBinding.get(binding);
  if (found !== undefined) return found;
  throw new Error(`no protocol has the binding "${binding}"; there are ${[...byBinding.keys()].join(", ")}`);
}
