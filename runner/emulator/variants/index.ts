/** Every freedom that some variant of the emulator uses: none of them is a mistake, and none may be blamed. */
import { named } from "../find-by-id.ts";
import { awsTwins } from "./aws.ts";
import { connectionTwins } from "./connections.ts";
import { jsonTwins } from "./json.ts";
import { lateTwins } from "./late-changes.ts";
import { choiceTwins } from "./refusal-choices.ts";
import { tencentTwins } from "./tencent.ts";
import type { Twin } from "./variant.ts";

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
