/** A breach of what names the caller or holds the signature → it is not there, is no such thing, or is another's. */
import type { Action } from "../../model/index.ts";
import { type GatewayBreach, gatewayBreaches } from "../../spec/gateway-rules.ts";
import type { CaseTemplate } from "../template.ts";
import { type GatewayVariant, gatewayTemplate, mutateAfterSigning, mutateBeforeSigning } from "./template.ts";

/** Of the form that the provider gives its ids, and nobody's. */
const unknownKeyId = (binding: string): string =>
  binding === "awsjson11" ? "AKIAASSAYNOBODY00000" : "AKIDAssayNobody0123456789abcdefghijk";

/** A UserSig holds for 25 hours. */
const expired = -26 * 3600;

type VariantFactory = (b: GatewayBreach, action: Action) => readonly GatewayVariant[];

const absent =
  (description: string): VariantFactory =>
  ({ place, common }) => [
    {
      place,
      slug: "absent",
      description,
      change: mutateAfterSigning({ op: "drop", in: common?.in ?? "header", name: common?.name ?? place }),
    },
  ];

const put = ({ common, place }: GatewayBreach, slug: string, description: string, value: string): GatewayVariant => ({
  place,
  slug,
  description,
  change: mutateAfterSigning({ op: "put", in: common?.in ?? "header", name: common?.name ?? place, value }),
});

const unknownId: VariantFactory = ({ binding }) => [
  {
    place: "key",
    slug: "unknown-id",
    description: "the id of no key",
    change: { signing: { id: unknownKeyId(binding) } },
  },
];

const foreignToken: VariantFactory = ({ place, common }) => [
  {
    place,
    slug: "unknown",
    description: "a token that is not the key's",
    change: mutateBeforeSigning({ op: "put", in: common?.in ?? "header", name: common?.name ?? place, value: "assay" }),
  },
];

/** Twenty or thirty-two bytes of nothing. */
const zeroSignature = (binding: string): string =>
  binding.endsWith("-sha256") ? `${"A".repeat(43)}=` : `${"A".repeat(27)}=`;

const ways: Readonly<Record<string, VariantFactory>> = {
  "Authorization/absent": absent("a call without Authorization"),
  "Authorization/pattern": (b, action) => [
    put(b, "malformed", "an Authorization without its parts", `${String(b.value).split(" ", 1)[0]} nonsense`),
    {
      ...put(b, "another-scheme", "an Authorization of another scheme", "Basic YXNzYXk6YXNzYXk="),
      also: codesForMissing(action, b),
    },
  ],
  "Authorization/unknown": unknownId,
  "SecretId/unknown": unknownId,
  "Token/unknown": foreignToken,
  "X-Amz-Security-Token/unknown": foreignToken,
  "Signature/absent": absent("a call without Signature"),
  "Signature/unknown": (b) => [put(b, "another", "a Signature that is none", zeroSignature(b.binding))],
  "SignatureMethod/absent": absent("a SignatureMethod that was signed and is not sent"),
  "SignatureMethod/const": (b) => [put(b, "another", "another SignatureMethod than the signed one", "HmacSHA1")],
  "usersig/absent": (b, action) => [
    ...absent("a call without usersig")(b, action),
    put(b, "empty", "an empty usersig", ""),
  ],
  "usersig/unknown": (b) => [
    put(b, "malformed", "a usersig that is none", "assay"),
    {
      place: b.place,
      slug: "cut",
      description: "a usersig without its end",
      change: mutateAfterSigning({ op: "cut", in: "query", name: "usersig", by: 8 }),
    },
    {
      place: b.place,
      slug: "expired",
      description: "a usersig that has run out",
      change: { signing: { shiftSeconds: expired } },
    },
  ],
  "identifier/unknown": (b) => [
    put(b, "another", "another identifier than the usersig's", "assaynobody"),
    {
      place: b.place,
      slug: "nobody",
      description: "an identifier that is nobody's",
      change: { signing: { id: "assaynobody" } },
    },
  ],
  "sdkappid/unknown": (b) => [put(b, "another", "another sdkappid than the usersig's", "1499999999")],
};

/** Another scheme is like none. */
const codesForMissing = (action: Action, { binding, place }: GatewayBreach): readonly string[] =>
  gatewayBreaches(action).find((b) => b.binding === binding && b.place === place && b.breach === "absent")?.refusal
    .codes ?? [];

export function* credentialTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  for (const way of ways[`${b.place}/${b.breach}`]?.(b, action) ?? []) yield gatewayTemplate(action, b, way);
}
