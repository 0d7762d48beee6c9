/** The emulator's public test keys and the resources that it provides from the start. Nothing here is a secret. */
import type { Credentials, Json } from "../model/index.ts";

/** By prefix of an action's id, as in a target file; the longest matching prefix applies. */
export const credentials: Readonly<Record<string, Credentials>> = {
  tencent: { id: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", key: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE" },
  "tencent/im": {
    app: "1400000000",
    id: "administrator",
    key: "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e",
  },
  aws: { id: "AKIDEXAMPLE", key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
};

/** The accounts that the keys belong to, by the same prefixes. The account of `tencent/im` is its `app`. */
export const accounts = { tencent: "100000000001", aws: "123456789012" } as const satisfies Readonly<
  Record<string, string>
>;

/** Regions that a signature must contain, by the same prefixes. */
export const regions = { aws: "us-east-1" } as const satisfies Readonly<Record<string, string>>;

/** The region that a signature of this protocol must contain; undefined where it contains none. */
export const regionOf = (protocol: string | undefined): string | undefined =>
  protocol === "aws-sigv4" ? regions.aws : undefined;

/** A PNG image of one grey pixel, in base64. */
const ONE_PIXEL_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

/** By requirement: resources that no documented call creates, so a fresh emulator has them from the start. */
export const providedResources = {
  zone: "z-emulator0001",
  "synchronized-group": "g-synchronized",
  "broadcast-group": "@TGS#bEMULATOR01",
  "face-image": ONE_PIXEL_PNG,
} as const satisfies Readonly<Record<string, Json>>;

/** The credentials with this key id or, for `tencent/im`, this `app`. */
export const credentialsById = (id: string): Credentials | undefined => byId.get(id);

const byId = new Map(Object.values(credentials).flatMap((c) => [c.id, c.app].map((id) => [id ?? c.id, c] as const)));
