/** A breach of what names the caller or holds the signature → it is not there, is no such thing, or is another's. */
import type { Action } from "../../model/index.ts";
import { type GatewayBreach, gatewayBreaches } from "../../spec/gateway-rules.ts";
import type { CaseTemplate } from "../template.ts";
import { type GatewayVariant, gatewayTemplate, mutateAfterSigning, mutateBeforeSigning } from "./template.ts";

/** Of the form that the provider gives its ids, and nobody's. */
const unknownKeyId = (binding: string): string =>
  binding === "awsjson11" ? "AKIAASSAYNOBODY00000" : "AKIDAssayNobody0123456789abcdefghijk";

/** A UserSig holds for 25 hours. */
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

const replaceValue = ({ common, place }: GatewayBreach, slug: string, description: string, value: string): GatewayVariant => ({
  place,
  slug,
  description,
  mutation: mutateAfterSigning({ op: "put", in: common?.in ?? "header", name: common?.name ?? place, value }),
});

const unknownId: VariantFactory = ({ binding }) => [
  {
    place: "key",
    slug: "unknown-id",
    description: "the id of no key",
    mutation: { signing: { id: unknownKeyId(binding) } },
  },
];

const foreignToken: VariantFactory = ({ place, common }) => [
  {
    place,
    slug: "unknown",
    description: "a token that is not the key's",
    mutation: mutateBeforeSigning({ op: "put", in: common?.in ?? "header", name: common?.name ?? place, value: "assay" }),
  },
];

/** Twenty or thirty-two bytes of nothing. */
const zeroSignature = (binding: string): string =>
  binding.endsWith("-sha256") ? `${"A".repeat(43)}=` : `${"A".repeat(27)}=`;

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
  "Signature/unknown": (b) => [replaceValue(b, "another", "a Signature that is none", zeroSignature(b.binding))],
  "SignatureMethod/absent": withoutParameter("a SignatureMethod that was signed and is not sent"),
  "SignatureMethod/const": (b) => [replaceValue(b, "another", "another SignatureMethod than the signed one", "HmacSHA1")],
  "usersig/absent": (b, action) => [
    ...withoutParameter("a call without usersig")(b, action),
    replaceValue(b, "empty", "an empty usersig", ""),
  ],
  "usersig/unknown": (b) => [
    replaceValue(b, "malformed", "a usersig that is none", "assay"),
    {
      place: b.place,
      slug: "cut",
      description: "a usersig without its end",
      mutation: mutateAfterSigning({ op: "cut", in: "query", name: "usersig", by: 8 }),
    },
    {
      place: b.place,
      slug: "expired",
      description: "a usersig that has run out",
      mutation: { signing: { shiftSeconds: EXPIRED_USERSIG_SHIFT_SECONDS } },
    },
  ],
  "identifier/unknown": (b) => [
    replaceValue(b, "another", "another identifier than the usersig's", "assaynobody"),
    {
      place: b.place,
      slug: "nobody",
      description: "an identifier that is nobody's",
      mutation: { signing: { id: "assaynobody" } },
    },
  ],
  "sdkappid/unknown": (b) => [replaceValue(b, "another", "another sdkappid than the usersig's", "1499999999")],
};

/** Another scheme is like none. */
const codesForMissing = (action: Action, { binding, place }: GatewayBreach): readonly string[] =>
  gatewayBreaches(action).find((b) => b.binding === binding && b.place === place && b.breach === "absent")?.refusal
    .codes ?? [];

export function* credentialTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  for (const variant of variantsByBreach[`${b.place}/${b.breach}`]?.(b, action) ?? []) yield gatewayTemplate(action, b, variant);
}
