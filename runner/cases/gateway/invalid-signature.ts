/** A breach of the signature as a whole → calls signed with another key or scope, with a header left unsigned, or altered after signing. */
import type { Action, SignatureAlteration, SignatureOverrides } from "../../model/index.ts";
import { type GatewayBreach, isPing } from "../../spec/gateway-rules.ts";
import { isSendable } from "../sent-parameters.ts";
import type { CaseTemplate } from "../template.ts";
import { gatewayTemplate, memberLocation, mutateAfterSigning } from "./template.ts";

/** A secret key that no caller has. */
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
    if (scope.terminator !== undefined && isPing(action))
      yield gatewayTemplate(action, b, {
        place: "scope",
        slug: "terminator-and-key",
        description: "a signature for another terminator, with a key that is derived from it",
        mutation: { signing: { scope: { ...scope, keyTerminator: scope.terminator } } },
      });
  } else if (breach === "key") {
    yield gatewayTemplate(action, b, {
      place: "key",
      slug: "another",
      description: "a signature with another key",
      mutation: { signing: { key: UNKNOWN_KEY } },
    });
    if (isPing(action)) yield* alteredSignature(action, b);
  } else if (breach === "unsigned") {
    for (const name of mustBeSigned(action, binding)) {
      yield gatewayTemplate(action, b, {
        place: "unsigned",
        slug: name,
        description: `a signature that does not cover ${name}`,
        mutation: { signing: { unsigned: [name] } },
      });
    }
  } else if (breach === "altered") {
    for (const template of alteredAfterSigning(action, b)) {
      yield template;
      if (isPing(action) && template.slug === "altered") yield afterUse(template);
    }
  }
}

/** A server may remember the signature of an accepted request, and not compare it with the content of the next one. */
function afterUse(template: CaseTemplate): CaseTemplate {
  const { edit } = template;
  if (edit?.op !== "request") return template;
  return {
    ...template,
    slug: "altered-after-use",
    title: `${template.title}, after the signed request was accepted`,
    edit: { ...edit, mutation: { ...edit.mutation, signedBefore: true } },
  };
}

/** Headers that the protocol demands in the signature, lower case. The pages of AWS disagree over content-type. */
function mustBeSigned(action: Action, binding: string): readonly string[] {
  if (binding.startsWith("tc3-")) return ["host", "content-type"];
  return isPing(action) ? ["host", "x-amz-date", "x-amz-target"] : ["host"];
}

/** A server that compares only a part of the signature, or ignores the case of letters, accepts one of these. */
function* alteredSignature(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  const alterations: [SignatureAlteration, string][] = [
    ["first-character", "a signature whose first character is another one"],
    ["last-character", "a signature whose last character is another one"],
  ];
  // No page states the case of hexadecimal digits.
  if (isBase64(b.binding)) alterations.push(["other-case", "a signature whose letters have the other case"]);
  for (const [alteration, description] of alterations)
    yield gatewayTemplate(action, b, {
      place: "value",
      slug: alteration,
      description,
      mutation: { signing: { alteration } },
    });
}

const isBase64 = (binding: string): boolean => /^(?:v1|tim)-/.test(binding);

/** The altered call is as valid as the signed one, so that only the signature can be the reason to refuse it. */
function* alteredAfterSigning(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  const location = memberLocation(b.binding);
  if (location === "json") {
    const mutation = mutateAfterSigning({ op: "around", before: "", after: " " });
    yield gatewayTemplate(action, b, {
      place: "body",
      slug: "altered",
      description: "a space appended to the signed body",
      mutation,
    });
    return;
  }
  if (b.binding.startsWith("v1-")) {
    const mutation = mutateAfterSigning({ op: "put", in: location, name: "Nonce", value: "2147483646" });
    yield gatewayTemplate(action, b, {
      place: location,
      slug: "altered",
      description: "a Nonce other than the signed one",
      mutation,
    });
    if (!b.binding.endsWith("-sha1")) return;
    const methodMutation = mutateAfterSigning({
      op: "put",
      in: location,
      name: "SignatureMethod",
      value: "HmacSHA256",
    });
    yield gatewayTemplate(action, b, {
      place: "SignatureMethod",
      slug: "another",
      description: "a SignatureMethod other than the signed one",
      mutation: methodMutation,
    });
    return;
  }
  const parameter = action.parameters.find((p) => !p.required && p.schema.type === "integer" && isSendable(p));
  if (!parameter) return;
  const value = String(parameter.schema.minimum ?? 1);
  yield gatewayTemplate(action, b, {
    place: "query",
    slug: "altered",
    description: `a ${parameter.name} appended to the signed query`,
    mutation: mutateAfterSigning({ op: "put", in: location, name: parameter.name, value }),
  });
}
