/** Every freedom that some variant of the emulator uses: none of them is a mistake, and none may be blamed. */
import { named } from "./named.ts";
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

/** @throws where one of the ids is no twin's. */
export const twinsNamed = (ids: readonly string[]): Twin[] => named(twins, ids, "twin");
