/** A breach of what names the caller or holds the signature → it is not there, is no such thing, or is another's. */
import type { Action } from "../../model/index.ts";
import { type GatewayBreach, gatewayBreaches } from "../../spec/gateway-rules.ts";
import type { Draft } from "../template.ts";
import { after, before, doorDraft, type Way } from "./template.ts";

/** Of the form that the provider gives its ids, and nobody's. */
const nobody = (binding: string): string =>
  binding === "awsjson11" ? "AKIAASSAYNOBODY00000" : "AKIDAssayNobody0123456789abcdefghijk";

/** A UserSig holds for 25 hours. */
const expired = -26 * 3600;

type Ways = (b: GatewayBreach, action: Action) => readonly Way[];

const absent =
  (what: string): Ways =>
  ({ place, common }) => [
    {
      place,
      slug: "absent",
      what,
      change: after({ op: "drop", in: common?.in ?? "header", name: common?.name ?? place }),
    },
  ];

const put = ({ common, place }: GatewayBreach, slug: string, what: string, value: string): Way => ({
  place,
  slug,
  what,
  change: after({ op: "put", in: common?.in ?? "header", name: common?.name ?? place, value }),
});

const unknownId: Ways = ({ binding }) => [
  { place: "key", slug: "unknown-id", what: "the id of no key", change: { signing: { id: nobody(binding) } } },
];

const foreignToken: Ways = ({ place, common }) => [
  {
    place,
    slug: "unknown",
    what: "a token that is not the key's",
    change: before({ op: "put", in: common?.in ?? "header", name: common?.name ?? place, value: "assay" }),
  },
];

/** Twenty or thirty-two bytes of nothing. */
const zeros = (binding: string): string => (binding.endsWith("-sha256") ? `${"A".repeat(43)}=` : `${"A".repeat(27)}=`);

const ways: Readonly<Record<string, Ways>> = {
  "Authorization/absent": absent("a call without Authorization"),
  "Authorization/pattern": (b, action) => [
    put(b, "malformed", "an Authorization without its parts", `${String(b.value).split(" ", 1)[0]} nonsense`),
    {
      ...put(b, "another-scheme", "an Authorization of another scheme", "Basic YXNzYXk6YXNzYXk="),
      also: codesOfAbsence(action, b),
    },
  ],
  "Authorization/unknown": unknownId,
  "SecretId/unknown": unknownId,
  "Token/unknown": foreignToken,
  "X-Amz-Security-Token/unknown": foreignToken,
  "Signature/absent": absent("a call without Signature"),
  "Signature/unknown": (b) => [put(b, "another", "a Signature that is none", zeros(b.binding))],
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
      what: "a usersig without its end",
      change: after({ op: "cut", in: "query", name: "usersig", by: 8 }),
    },
    { place: b.place, slug: "expired", what: "a usersig that has run out", change: { signing: { shift: expired } } },
  ],
  "identifier/unknown": (b) => [
    put(b, "another", "another identifier than the usersig's", "assaynobody"),
    {
      place: b.place,
      slug: "nobody",
      what: "an identifier that is nobody's",
      change: { signing: { id: "assaynobody" } },
    },
  ],
  "sdkappid/unknown": (b) => [put(b, "another", "another sdkappid than the usersig's", "1499999999")],
};

/** Another scheme is like none. */
const codesOfAbsence = (action: Action, { binding, place }: GatewayBreach): readonly string[] =>
  gatewayBreaches(action).find((b) => b.binding === binding && b.place === place && b.breach === "absent")?.refusal
    .codes ?? [];

export function* callerDrafts(action: Action, b: GatewayBreach): Iterable<Draft> {
  for (const way of ways[`${b.place}/${b.breach}`]?.(b, action) ?? []) yield doorDraft(action, b, way);
}
