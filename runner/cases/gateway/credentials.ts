/** A breach of a parameter that names the caller or contains the signature → calls in which it is absent, malformed, or that of another caller. */
import type { Action } from "../../model/index.ts";
import { type GatewayBreach, gatewayBreaches, isPing } from "../../spec/gateway-rules.ts";
import type { CaseTemplate } from "../template.ts";
import { type GatewayVariant, gatewayTemplate, mutateAfterSigning, mutateBeforeSigning } from "./template.ts";

/** Has the form of the provider's key ids and belongs to no key. */
const unknownKeyId = (binding: string): string =>
  binding === "awsjson11" ? "AKIAASSAYNOBODY00000" : "AKIDAssayNobody0123456789abcdefghijk";

/** One hour longer than the 25 hours for which assay's usersigs are valid. */
const EXPIRED_USERSIG_SHIFT_SECONDS = -26 * 3600;

type VariantFactory = (b: GatewayBreach, action: Action) => readonly GatewayVariant[];

const withoutParameter =
  (description: string): VariantFactory =>
  ({ place, common }) => [
    {
      place,
      slug: "absent",
      description,
      mutation: mutateAfterSigning({ op: "drop", in: common?.in ?? "header", name: common?.name ?? place }),
    },
  ];

const replaceValue = (
  { common, place }: GatewayBreach,
  slug: string,
  description: string,
  value: string,
): GatewayVariant => ({
  place,
  slug,
  description,
  mutation: mutateAfterSigning({ op: "put", in: common?.in ?? "header", name: common?.name ?? place, value }),
});

const unknownId: VariantFactory = ({ binding }) => [
  {
    place: "key",
    slug: "unknown-id",
    description: "a key id that does not exist",
    mutation: { signing: { id: unknownKeyId(binding) } },
  },
];

const foreignToken: VariantFactory = ({ place, common }) => [
  {
    place,
    slug: "unknown",
    description: "a token that does not belong to the key",
    mutation: mutateBeforeSigning({
      op: "put",
      in: common?.in ?? "header",
      name: common?.name ?? place,
      value: "assay",
    }),
  },
];

/** Base64 of 20 (SHA-1) or 32 (SHA-256) zero bytes. */
const zeroSignature = (binding: string): string =>
  binding.endsWith("-sha256") ? `${"A".repeat(43)}=` : `${"A".repeat(27)}=`;

/** By `PARAMETER/BREACH`. */
const variantsByBreach: Readonly<Record<string, VariantFactory>> = {
  "Authorization/absent": withoutParameter("a call without Authorization"),
  "Authorization/pattern": (b, action) => [
    replaceValue(b, "malformed", "an Authorization without its parts", `${String(b.value).split(" ", 1)[0]} nonsense`),
    {
      ...replaceValue(b, "another-scheme", "an Authorization of another scheme", "Basic YXNzYXk6YXNzYXk="),
      alternativeCodes: codesForMissing(action, b),
    },
  ],
  "Authorization/unknown": unknownId,
  "SecretId/unknown": unknownId,
  "Token/unknown": foreignToken,
  "X-Amz-Security-Token/unknown": foreignToken,
  "Signature/absent": withoutParameter("a call without Signature"),
  "Signature/unknown": (b) => [replaceValue(b, "another", "a Signature of zero bytes", zeroSignature(b.binding))],
  "SignatureMethod/absent": withoutParameter("a call whose signed SignatureMethod is not sent"),
  "SignatureMethod/const": (b) => [
    replaceValue(b, "another", "a SignatureMethod other than the signed one", "HmacSHA1"),
  ],
  "usersig/absent": (b, action) => [
    ...withoutParameter("a call without usersig")(b, action),
    replaceValue(b, "empty", "an empty usersig", ""),
  ],
  "usersig/unknown": (b, action) => [
    replaceValue(b, "malformed", "a malformed usersig", "assay"),
    {
      place: b.place,
      slug: "cut",
      description: "a usersig whose last characters are missing",
      mutation: mutateAfterSigning({ op: "cut", in: "query", name: "usersig", by: 8 }),
    },
    {
      place: b.place,
      slug: "expired",
      description: "an expired usersig",
      mutation: { signing: { shiftSeconds: EXPIRED_USERSIG_SHIFT_SECONDS } },
    },
    ...(isPing(action) ? usersigOfAnother(b) : []),
  ],
  "identifier/unknown": (b) => [
    replaceValue(b, "another", "an identifier other than that of the usersig", "assaynobody"),
    {
      place: b.place,
      slug: "nobody",
      description: "an identifier that does not exist",
      mutation: { signing: { id: "assaynobody" } },
    },
  ],
  "sdkappid/unknown": (b) => [replaceValue(b, "another", "an sdkappid other than that of the usersig", "1499999999")],
};

/** Signed with the right key, but for another caller than the one that is sent. */
const usersigOfAnother = ({ place }: GatewayBreach): GatewayVariant[] => [
  {
    place,
    slug: "of-another-identifier",
    description: "a usersig of another identifier than the one that is sent",
    mutation: { signing: { userSig: { identifier: "assaynobody" } } },
  },
  {
    place,
    slug: "of-another-sdkappid",
    description: "a usersig of another sdkappid than the one that is sent",
    mutation: { signing: { userSig: { sdkappid: 1_499_999_999 } } },
  },
];

/** A server may treat a header of another scheme as absent. */
const codesForMissing = (action: Action, { binding, place }: GatewayBreach): readonly string[] =>
  gatewayBreaches(action).find((b) => b.binding === binding && b.place === place && b.breach === "absent")?.refusal
    .codes ?? [];

export function* credentialTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  for (const variant of variantsByBreach[`${b.place}/${b.breach}`]?.(b, action) ?? [])
    yield gatewayTemplate(action, b, variant);
}
