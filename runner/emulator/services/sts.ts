/** tencent/sts: the identity of the caller. The test keys belong to one sub-account; there is no state. */
import { accounts } from "../test-credentials.ts";
import type { ServiceEmulation } from "./handler.ts";

const account = accounts.tencent;
const user = "100000000002";

export const sts: ServiceEmulation<null> = {
  service: "tencent/sts",
  initialState: () => null,
  counts: () => ({}),
  handlers: {
    GetCallerIdentity: () => ({
      Type: "CAMUser",
      AccountId: account,
      UserId: user,
      PrincipalId: user,
      Arn: `qcs::cam:${account}:uin/${user}`,
    }),
  },
};
