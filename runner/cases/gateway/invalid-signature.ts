/** A breach of the signature as a whole → another key, another scope, too few headers signed, a change after signing. */
import type { Action, SignatureOverrides } from "../../model/index.ts";
import type { GatewayBreach } from "../../spec/gateway-rules.ts";
import { isSendable } from "../sent-parameters.ts";
import type { CaseTemplate } from "../template.ts";
import { gatewayTemplate, memberLocation, mutateAfterSigning } from "./template.ts";

/** Nobody's. */
const UNKNOWN_KEY = "AssayNobodysKey0123456789abcdef0";

const scopes: Readonly<Record<string, NonNullable<SignatureOverrides["scope"]>>> = {
  "scope-date": { days: -1 },
  "scope-region": { region: "nowhere-1" },
  "scope-service": { service: "assay" },
  "scope-terminator": { terminator: "assay_request" },
};

export function* invalidSignatureTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  const { breach, binding } = b;
  const scope = scopes[breach];
  if (scope) {
    const part = breach.slice("scope-".length);
    yield gatewayTemplate(action, b, {
      place: "scope",
      slug: part,
      description: `a signature for another ${part}`,
      mutation: { signing: { scope } },
    });
  } else if (breach === "key") {
    yield gatewayTemplate(action, b, {
      place: "key",
      slug: "another",
      description: "another key's signature",
      mutation: { signing: { key: UNKNOWN_KEY } },
    });
  } else if (breach === "unsigned") {
    for (const name of mustBeSigned(binding)) {
      yield gatewayTemplate(action, b, {
        place: "unsigned",
        slug: name,
        description: `a signature that leaves ${name} out`,
        mutation: { signing: { unsigned: [name] } },
      });
    }
  } else if (breach === "altered") yield* alteredAfterSigning(action, b);
}

const mustBeSigned = (binding: string): readonly string[] =>
  binding.startsWith("tc3-") ? ["host", "content-type"] : ["host"];

/** Each change leaves a call that is as good as before, so that nothing but the signature can refuse it. */
function* alteredAfterSigning(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  const location = memberLocation(b.binding);
  if (location === "json") {
    const mutation = mutateAfterSigning({ op: "around", before: "", after: " " });
    yield gatewayTemplate(action, b, {
      place: "body",
      slug: "altered",
      description: "a blank behind the signed body",
      mutation,
    });
    return;
  }
  if (b.binding.startsWith("v1-")) {
    const mutation = mutateAfterSigning({ op: "put", in: location, name: "Nonce", value: "2147483646" });
    yield gatewayTemplate(action, b, {
      place: location,
      slug: "altered",
      description: "another Nonce than the signed one",
      mutation,
    });
    if (!b.binding.endsWith("-sha1")) return;
    const swap = mutateAfterSigning({ op: "put", in: location, name: "SignatureMethod", value: "HmacSHA256" });
    yield gatewayTemplate(action, b, {
      place: "SignatureMethod",
      slug: "another",
      description: "another SignatureMethod than the signed one",
      mutation: swap,
    });
    return;
  }
  const number = action.parameters.find((p) => !p.required && p.schema.type === "integer" && isSendable(p));
  if (!number) return;
  const value = String(number.schema.minimum ?? 1);
  yield gatewayTemplate(action, b, {
    place: "query",
    slug: "altered",
    description: `a ${number.name} behind the signed query`,
    mutation: mutateAfterSigning({ op: "put", in: location, name: number.name, value }),
  });
}
