/** What a request says of its own time → how many seconds that is off. */
import type { RequestContext } from "./request-context.ts";

/** Seconds since the request says that it was signed; less than none where that is to come. */
export function signatureAgeSeconds({ received, now }: Pick<RequestContext, "received" | "now">): number {
  const said = (name: string) => received?.common.get(name) ?? "";
  const date = said("X-Amz-Date").replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const stamp = said("X-TC-Timestamp") || said("Timestamp");
  return Math.floor(now / 1000) - (stamp === "" ? Date.parse(date) / 1000 : Number(stamp));
}
