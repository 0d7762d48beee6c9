/** Shared parts of the gateway and signature faults: conditions on the refusal or the request → hooks of a fault. */
import type { HttpRequest } from "../../model/index.ts";
import { requestHeader } from "../header.ts";
import { verifyLeniently } from "../leniencies.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import { buildResponse } from "../response.ts";
import { regionOf } from "../test-credentials.ts";
import type { Fault } from "./fault.ts";

type RefusalPredicate = (refusal: EmulatorRefusal, context: RequestContext) => boolean;
type Hooks = Pick<Fault, "refusal" | "extraRefusal" | "response" | "input">;

/** Creates faults that share an action and a family. */
export const faultFactory =
  (action: string, family: string) =>
  (id: string, description: string, detects: string, hooks: Hooks): Fault => ({
    id,
    description,
    action,
    family,
    detects,
    ...hooks,
  });

/** Accepts the call at the check that refuses it. */
export const acceptWhen = (condition: RefusalPredicate): Hooks => ({
  refusal: (refusal, context) => (condition(refusal, context) ? undefined : refusal),
});

/** Replaces the code of the refusal. */
export const refuseWithCodeWhen = (code: string, condition: RefusalPredicate): Hooks => ({
  refusal: (refusal, context) => (condition(refusal, context) ? { ...refusal, code } : refusal),
});

/** Refuses a request that the emulator without faults accepts. */
export const refuseWhen = (code: string, condition: (context: RequestContext) => boolean): Hooks => ({
  extraRefusal: (_, context) => (condition(context) ? code : undefined),
});

/** Answers a refused request with a success. */
export const respondSuccessWhen = (condition: RefusalPredicate): Hooks => ({
  response: (response, context) =>
    context.refusal && condition(context.refusal, context)
      ? buildResponse({ ...context, refusal: undefined })
      : response,
});

/** Answers a refused request with an HTML error page. */
export const respondHtmlWhen = (status: number, condition: RefusalPredicate): Hooks => ({
  response: (response, context) =>
    context.refusal && condition(context.refusal, context)
      ? { status, headers: { "Content-Type": "text/html" }, body: "<html><body>Bad request</body></html>" }
      : response,
});

/** Matches a refusal of the signature check for the given reason. */
export const authFailure =
  (failure: string, condition: (context: RequestContext) => boolean = () => true): RefusalPredicate =>
  ({ stage, breach }, context) =>
    stage === "authorization" && breach === failure && condition(context);

/** Matches a refusal of a stage; `breach` and `parameter` narrow it down. */
export const stageRefusal =
  (stage: string, breach?: string, parameter?: string): RefusalPredicate =>
  (refusal) =>
    refusal.stage === stage &&
    (breach === undefined || refusal.breach === breach) &&
    (parameter === undefined || refusal.parameter === parameter);

export const viaBinding =
  (prefix: string) =>
  ({ received }: RequestContext): boolean =>
    received?.binding.startsWith(prefix) ?? false;

export const commonParameter = ({ received }: RequestContext, name: string): string => received?.common.get(name) ?? "";

/** The parts of the credential scope in the Authorization header, without the key id. */
export const credentialScope = ({ request }: RequestContext): readonly string[] =>
  (/Credential=[^/]+\/([^,]*)/.exec(requestHeader(request, "authorization") ?? "")?.[1] ?? "").split("/");

/** True if SignedHeaders in the Authorization header lists the name. */
export const isHeaderSigned = ({ request }: RequestContext, name: string): boolean =>
  (/SignedHeaders=([^,]*)/.exec(requestHeader(request, "authorization") ?? "")?.[1] ?? "").split(";").includes(name);

/** True if the given request would pass the signature check. */
export function wouldVerify({ protocol, service, emulator, now }: RequestContext, request: HttpRequest): boolean {
  const received = protocol?.parseRequest(request);
  const region = regionOf(protocol?.id);
  if (!protocol || !received) return false;
  const options = {
    now,
    credentialScope: service?.credentialScope ?? "",
    secretOf: emulator.credentialsById,
    ...(region && { region }),
  };
  return (
    verifyLeniently(emulator.leniencies, (leniency) => protocol.verify(request, received, { ...options, leniency })) ===
    null
  );
}

export const requestBodyText = ({ request }: Pick<RequestContext, "request">): string =>
  Buffer.from(request.body).toString("utf8");
