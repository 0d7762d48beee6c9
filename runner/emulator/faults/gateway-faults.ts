/** What faults of the front door share: which refusal they let pass or change, and what a request says of its own signature. */
import type { HttpRequest } from "../../model/index.ts";
import { requestHeader } from "../header.ts";
import { verifierLeniency } from "../leniencies.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import { buildResponse } from "../response.ts";
import { regionOf } from "../test-credentials.ts";
import type { Fault } from "./fault.ts";

type Test = (refused: EmulatorRefusal, context: RequestContext) => boolean;
type Hooks = Pick<Fault, "refusal" | "extraRefusal" | "answer" | "input">;

/** One row of a list: all of one action, family and cell. */
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

/** Lets the call pass this check. */
export const acceptWhen = (when: Test): Hooks => ({
  refusal: (refused, context) => (when(refused, context) ? undefined : refused),
});

/** Refuses, with another code. */
export const refuseWithCodeWhen = (code: string, when: Test): Hooks => ({
  refusal: (refused, context) => (when(refused, context) ? { ...refused, code } : refused),
});

/** Refuses what the healthy emulator takes. */
export const refuseWhen = (code: string, when: (context: RequestContext) => boolean): Hooks => ({
  extraRefusal: (_, context) => (when(context) ? code : undefined),
});

/** Answers as if the call had done well. */
export const respondSuccessWhen = (when: Test): Hooks => ({
  answer: (answer, context) =>
    context.refused && when(context.refused, context) ? buildResponse({ ...context, refused: undefined }) : answer,
});

/** Answers with the page of a web server. */
export const respondHtmlWhen = (status: number, when: Test): Hooks => ({
  answer: (answer, context) =>
    context.refused && when(context.refused, context)
      ? { status, headers: { "Content-Type": "text/html" }, body: "<html><body>Bad request</body></html>" }
      : answer,
});

/** A denial of the signature check. */
export const authFailure =
  (denial: string, when: (context: RequestContext) => boolean = () => true): Test =>
  ({ stage, breach }, context) =>
    stage === "authorization" && breach === denial && when(context);

/** The refusal of a stage, for one breach of it. */
export const stageRefusal =
  (stage: string, breach?: string, place?: string): Test =>
  (refused) =>
    refused.stage === stage &&
    (breach === undefined || refused.breach === breach) &&
    (place === undefined || refused.at === place);

export const viaBinding =
  (prefix: string) =>
  ({ received }: RequestContext): boolean =>
    received?.binding.startsWith(prefix) ?? false;

export const commonParameter = ({ received }: RequestContext, name: string): string => received?.common.get(name) ?? "";

/** The parts of the credential scope behind the key's id. */
export const credentialScope = ({ request }: RequestContext): readonly string[] =>
  (/Credential=[^/]+\/([^,]*)/.exec(requestHeader(request, "authorization") ?? "")?.[1] ?? "").split("/");

/** True where the list of signed headers has the name. */
export const isHeaderSigned = ({ request }: RequestContext, name: string): boolean =>
  (/SignedHeaders=([^,]*)/.exec(requestHeader(request, "authorization") ?? "")?.[1] ?? "").split(";").includes(name);

/** True where another request than the one that came would have been believed. */
export function wouldVerify({ protocol, service, emulator, now }: RequestContext, request: HttpRequest): boolean {
  const received = protocol?.parseRequest(request);
  const region = regionOf(service?.id);
  if (!protocol || !received) return false;
  const leniency = verifierLeniency(emulator.leniencies);
  const how = {
    now,
    credentialScope: service?.credentialScope ?? "",
    secretOf: emulator.secretOf,
    leniency,
    ...(region && { region }),
  };
  return protocol.verify(request, received, how) === null;
}

export const requestBodyText = ({ request }: Pick<RequestContext, "request">): string =>
  Buffer.from(request.body).toString("utf8");
