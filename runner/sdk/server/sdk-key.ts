/** The key with which a driver calls every service. It is public and accepted by the server of the gate alone. */
import type { Credentials } from "../../model/index.ts";

export const sdkKey = {
  app: "1400000000",
  id: "AKIDSDKGATEEXAMPLE",
  key: "SDKGATESECRETEXAMPLE0123456789ABCDEFGHIJ",
} as const satisfies Credentials;
