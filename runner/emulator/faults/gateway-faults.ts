/** What faults of the front door share: which refusal they let pass or change, and what a request says of its own signature. */
import type { HttpRequest } from "../../model/index.ts";
import { headerOf } from "../header.ts";
import { forVerifying } from "../leniencies.ts";
import type { Refused } from "../refusal.ts";
import type { Context } from "../request-context.ts";
import { answerOf } from "../response.ts";
import { regionOf } from "../test-credentials.ts";
import type { Fault } from "./fault.ts";

type Test = (refused: Refused, context: Context) => boolean;
type Hooks = Pick<Fault, "refusal" | "refuses" | "answer" | "input">;

/** One row of a list: all of one action, family and cell. */
export const rowsOf =
  (action: string, family: string) =>
  (id: string, says: string, cell: string, hooks: Hooks): Fault => ({ id, says, action, family, cell, ...hooks });

/** Lets the call pass this check. */
export const passes = (when: Test): Hooks => ({
  refusal: (refused, context) => (when(refused, context) ? undefined : refused),
});

/** Refuses, with another code. */
export const says = (code: string, when: Test): Hooks => ({
  refusal: (refused, context) => (when(refused, context) ? { ...refused, code } : refused),
});

/** Refuses what the healthy emulator takes. */
export const minds = (code: string, when: (context: Context) => boolean): Hooks => ({
  refuses: (_, context) => (when(context) ? code : undefined),
});

/** Answers as if the call had done well. */
export const nods = (when: Test): Hooks => ({
  answer: (answer, context) =>
    context.refused && when(context.refused, context) ? answerOf({ ...context, refused: undefined }) : answer,
});

/** Answers with the page of a web server. */
export const page = (status: number, when: Test): Hooks => ({
  answer: (answer, context) =>
    context.refused && when(context.refused, context)
      ? { status, headers: { "Content-Type": "text/html" }, body: "<html><body>Bad request</body></html>" }
      : answer,
});

/** A denial of the signature check. */
export const denied =
  (denial: string, when: (context: Context) => boolean = () => true): Test =>
  ({ stage, breach }, context) =>
    stage === "authorization" && breach === denial && when(context);

/** The refusal of a stage, for one breach of it. */
export const at =
  (stage: string, breach?: string, place?: string): Test =>
  (refused) =>
    refused.stage === stage &&
    (breach === undefined || refused.breach === breach) &&
    (place === undefined || refused.at === place);

export const over =
  (prefix: string) =>
  ({ received }: Context): boolean =>
    received?.binding.startsWith(prefix) ?? false;

export const commonOf = ({ received }: Context, name: string): string => received?.common.get(name) ?? "";

/** The parts of the credential scope behind the key's id. */
export const scopeOf = ({ request }: Context): readonly string[] =>
  (/Credential=[^/]+\/([^,]*)/.exec(headerOf(request, "authorization") ?? "")?.[1] ?? "").split("/");

/** True where the list of signed headers has the name. */
export const signs = ({ request }: Context, name: string): boolean =>
  (/SignedHeaders=([^,]*)/.exec(headerOf(request, "authorization") ?? "")?.[1] ?? "").split(";").includes(name);

/** True where another request than the one that came would have been believed. */
export function believes({ protocol, service, world, now }: Context, request: HttpRequest): boolean {
  const received = protocol?.read(request);
  const region = regionOf(service?.id);
  if (!protocol || !received) return false;
  const tolerate = forVerifying(world.forgives);
  const how = { now, scope: service?.scope ?? "", secretOf: world.secretOf, tolerate, ...(region && { region }) };
  return protocol.verify(request, received, how) === null;
}

export const textOf = ({ request }: Pick<Context, "request">): string => Buffer.from(request.body).toString("utf8");
