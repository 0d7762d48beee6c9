/** All protocols, and the protocol of a binding. */
import type { Protocol } from "../model/index.ts";
import { awsSigv4 } from "./aws-sigv4/protocol.ts";
import { tc3 } from "./tc3/protocol.ts";
import { tencentIm } from "./tencent-im/protocol.ts";
import { tencentV1 } from "./tencent-v1/protocol.ts";

/** In the order in which a server tries them; v1 is last, because it has to parse the body. */
export const protocols: readonly Protocol[] = [tc3, awsSigv4, tencentIm, tencentV1];

const byBinding = new Map(
  protocols.flatMap((protocol) => protocol.bindings.map((binding) => [binding, protocol] as const)),
);

/** @throws if no protocol has that binding. */
export function protocolOf(binding: string): Protocol {
  const protocol = byBinding.get(binding);
  if (protocol !== undefined) return protocol;
  throw new Error(`no protocol has the binding "${binding}"; use one of ${[...byBinding.keys()].join(", ")}`);
}
