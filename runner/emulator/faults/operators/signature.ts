/** partly-verified: accepts a signature of which a single part is wrong, or every signature of a changing action over one binding. */
import type { HttpRequest, Service, SignatureAlteration } from "../../../model/index.ts";
import { protocolOf } from "../../../protocols/index.ts";
import { alterSignature } from "../../../protocols/shared/alter-signature.ts";
import { computeSignature, readUserSig, textToSign } from "../../../protocols/tencent-im/usersig.ts";
import { requestHeader } from "../../header.ts";
import type { EmulatorRefusal } from "../../refusal.ts";
import type { RequestContext } from "../../request-context.ts";
import { commonParameter, isHeaderSigned, requestBodyText, wouldVerify } from "../gateway-faults.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";
import { isCorrectForItsScope } from "./own-terminator.ts";

/** Whether the fault accepts a request that the signature check refuses with this AuthFailure. */
type Accepts = (failure: string, context: RequestContext) => boolean;

interface Part {
  readonly keyword: string;
  readonly description: string;
  /** The place of the cases that detect it. */
  readonly place: string;
  readonly accepts: Accepts;
}

export const partlyVerified: Operator = {
  id: "partly-verified",
  *faultsOf(service) {
    // Only the cases of the ping alter parts of the signature.
    const protocols = new Set(service.ping ? service.bindings.map((binding) => protocolOf(binding).id) : []);
    for (const id of protocols) {
      for (const { keyword, description, place, accepts } of partsByProtocol[id] ?? [])
        yield toFault(service, id, keyword, description, place, (failure, context) =>
          context.protocol?.id === id ? accepts(failure, context) : false,
        );
    }
    if (protocols.size > 0 && !protocols.has("tencent-im")) yield rememberedFault(service);
    if (![...service.actions.values()].some(({ mutating }) => mutating)) return;
    for (const binding of service.bindings.slice(1)) {
      const description = `Accepts every signature of a changing action over the binding ${binding}.`;
      yield toFault(
        service,
        "changing",
        binding,
        description,
        "key",
        (failure, { action, received }) =>
          failure === "signature" && received?.binding === binding && action?.mutating === true,
      );
    }
  },
};

/** The signatures of accepted requests, each with nothing else of its request. */
const acceptedSignatures = new WeakMap<object, Set<string>>();

const signatureOf = ({ request, received }: RequestContext): string =>
  received?.common.get("Signature") ?? requestHeader(request, "authorization") ?? "";

/** Every request whose signature is accepted gets to the reading of its members. */
function rememberedFault(service: Service): OperatorFault {
  const description = "Accepts a signature that it has accepted before, whatever the request is.";
  const accepts: Accepts = (failure, context) =>
    failure === "signature" && (acceptedSignatures.get(context.emulator)?.has(signatureOf(context)) ?? false);
  return {
    ...toFault(service, "altered", "remembered", description, undefined, accepts),
    input: (members, context) => {
      const signatures = acceptedSignatures.get(context.emulator) ?? new Set();
      acceptedSignatures.set(context.emulator, signatures.add(signatureOf(context)));
      return members;
    },
  };
}

const toFault = (
  service: Service,
  subject: string,
  keyword: string,
  description: string,
  place: string | undefined,
  accepts: Accepts,
): OperatorFault =>
  operatorFault({
    operator: "partly-verified",
    action: service.id,
    place: `signature/${subject}`,
    keyword,
    description,
    family: "signature",
    detects: "family:signature",
    ...(place !== undefined && { cases: { place } }),
    refusal: (refusal: EmulatorRefusal, context: RequestContext) =>
      refusal.stage === "authorization" && accepts(refusal.breach, context) ? undefined : refusal,
  });

/** The signature in the Authorization header, or in a pair of the query or form. */
const alteredRequest = ({ request, protocol }: RequestContext, alteration: SignatureAlteration): HttpRequest => {
  if (protocol?.id !== "tencent-v1")
    return {
      ...request,
      headers: request.headers.map(([name, value]) => [
        name,
        name.toLowerCase() === "authorization"
          ? value.replace(/(?<=Signature=)\S+/, (text) => alterSignature(text, alteration))
          : value,
      ]),
    };
  const alterPair = (text: string) =>
    text.replace(/(?<=[?&]Signature=)[^&]*/, (value) =>
      encodeURIComponent(alterSignature(decodeURIComponent(value), alteration)),
    );
  return { ...request, path: alterPair(request.path), body: alterPair(requestBodyText({ request })) };
};

/** An alteration that is made twice changes nothing. */
const alterationPart = (alteration: SignatureAlteration, description: string): Part => ({
  keyword: alteration,
  description,
  place: "value",
  accepts: (failure, context) => {
    if (failure !== "signature") return false;
    if (context.protocol?.id !== "tencent-im") return wouldVerify(context, alteredRequest(context, alteration));
    const userSig = readUserSig(commonParameter(context, "usersig"));
    const key = context.emulator.credentialsById(userSig?.identifier ?? "")?.key;
    return (
      userSig !== null &&
      key !== undefined &&
      alterSignature(userSig.sig, alteration) === computeSignature(key, textToSign(userSig))
    );
  },
});

const first = alterationPart("first-character", "Ignores the first character of a signature.");
const last = alterationPart("last-character", "Ignores the last character of a signature.");
const otherCase = alterationPart("other-case", "Ignores the case of the letters of a signature.");

const anyTerminator: Part = {
  keyword: "terminator-and-key",
  description: "Accepts any last part of the credential scope from which the key is derived as well.",
  place: "scope",
  accepts: (failure, { request, emulator }) => {
    const id = /Credential=([^/]+)/.exec(requestHeader(request, "authorization") ?? "")?.[1] ?? "";
    const key = emulator.credentialsById(id)?.key;
    return failure === "scope" && key !== undefined && isCorrectForItsScope(request, key);
  },
};

const unsignedHeader = (name: string): Part => ({
  keyword: name,
  description: `Accepts a signature that does not cover ${name}.`,
  place: "unsigned",
  accepts: (failure, context) =>
    failure === "signature" && isHeaderSigned(context, "host") && !isHeaderSigned(context, name),
});

/** The request names the administrator and the right application; only the UserSig does not. */
const userSigOfAnother = (keyword: string, parameter: "identifier" | "sdkappid", wanted: string): Part => ({
  keyword,
  description: `Accepts a UserSig of another ${parameter}.`,
  place: "usersig",
  accepts: (failure, context) => {
    const caller = context.emulator.credentialsById(commonParameter(context, "identifier"));
    return failure === wanted && caller !== undefined && commonParameter(context, "sdkappid") === caller.app;
  },
});

const partsByProtocol: Readonly<Record<string, readonly Part[]>> = {
  tc3: [first, last, anyTerminator],
  "tencent-v1": [first, last, otherCase],
  "tencent-im": [
    first,
    last,
    otherCase,
    userSigOfAnother("of-another-identifier", "identifier", "identifier"),
    userSigOfAnother("of-another-sdkappid", "sdkappid", "app"),
  ],
  "aws-sigv4": [first, last, anyTerminator, unsignedHeader("x-amz-date"), unsignedHeader("x-amz-target")],
};
