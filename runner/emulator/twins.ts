/** Every freedom that some variant of the emulator uses: none of them is a mistake, and none may be blamed. */
import { suggest } from "../spec/problem.ts";
import type { Twin } from "./twin.ts";
import { awsTwins } from "./twins/aws.ts";
import { choiceTwins } from "./twins/choices.ts";
import { connectionTwins } from "./twins/connections.ts";
import { jsonTwins } from "./twins/json.ts";
import { lateTwins } from "./twins/late.ts";
import { tencentTwins } from "./twins/tencent.ts";

export const twins: readonly Twin[] = [
  ...choiceTwins,
  ...lateTwins,
  ...tencentTwins,
  ...awsTwins,
  ...jsonTwins,
  ...connectionTwins,
];

/** @throws where one of the ids is no twin's; the message names what is near. */
export function twinsNamed(ids: readonly string[]): Twin[] {
  return ids.map((id) => {
    const twin = twins.find((t) => t.id === id);
    if (twin) return twin;
    const all = twins.map((t) => t.id);
    throw new Error(`no twin "${id}"${suggest(id, all) || `; there are ${all.join(", ")}`}`);
  });
}
