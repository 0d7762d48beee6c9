/** A case → an example curl command: resource ids are invented, secrets are placeholders. */
import { prepareCall } from "../cases/bind/bind.ts";
import { credentials } from "../emulator/test-credentials.ts";
import { toCurl } from "../http/curl.ts";
import type {
  CallMembers,
  Case,
  Credentials,
  HttpRequest,
  Json,
  RequestMutation,
  SigningInput,
} from "../model/index.ts";
import { protocolOf } from "../protocols/index.ts";
import { wrapIds } from "../resources/setup-members.ts";
import { unknownId } from "../resources/unknown-id.ts";
import { buildMutatedRequest } from "../run/send/mutated-request.ts";

export function exampleCurl(c: Case): string {
  if (c.fuzzIndex !== null)
    return `generated from the seed; \`assay explain ${c.id} --send\` sends and prints the request of seed 1`;
  const token = "run0id0run0idx0";
  const states = new Map([...(c.sample?.given ?? c.action.given), ...(c.situation?.where ?? [])]);
  const values: CallMembers = {};
  for (const [name, state] of states) {
    const parameter = c.action.parameters.find((p) => p.name === name);
    const resource = c.action.service.resources.get(state.resource);
    if (!parameter || !resource || state.kind === "new") continue;
    values[name] = wrapIds(
      state,
      parameter,
      Array.from({ length: state.count }, (_, i) =>
        unwrapId(unknownId(c.action.service, resource, parameter, { seed: 1, token: `${token}${i || ""}` })),
      ),
    );
  }
  const prepared = prepareCall(c, 1, token);
  for (const [name, id] of prepared.requiredIds) values[name] = id;
  const fill = () => undefined;
  // The extra resource of the case has the values that the call would have without its deviation.
  const existingValues = prepareCall({ ...c, edit: null }, 1, token).bind({ values, existingValues: {}, fill });
  const members = prepared.bind({ values, existingValues, fill });
  const keys: Credentials = credentials[c.action.service.id] ??
    credentials[c.action.service.provider] ?? { id: "ID", key: "KEY" };
  const host = c.action.service.host.replace("{region}", "us-east-1");
  const signing: SigningInput = { credentials: keys, host, region: "us-east-1", now: Date.now(), nonce: () => 1 };
  const { region: _, ...signingWithoutRegion } = signing;
  const signingInput = c.action.service.provider === "aws" ? signing : signingWithoutRegion;
  const call = { action: c.action, binding: c.binding, members };
  const protocol = protocolOf(c.binding);
  const request =
    c.edit?.op === "request"
      ? buildMutatedRequest(call, signingInput, withoutPadding(c.edit.mutation), signingInput.now)
      : protocol.sign(protocol.encode(call, signingInput), call, signingInput);
  return toCurl(request, `https://${host}`, secretPlaceholders(request, keys));
}

/** Drops the edits that append megabytes of blanks: they would only make the example unreadable. */
const withoutPadding = (mutation: RequestMutation): RequestMutation =>
  mutation.beforeSigning
    ? { ...mutation, beforeSigning: mutation.beforeSigning.filter((edit) => edit.op !== "pad") }
    : mutation;

/** Each secret or signature in the request, with the name of the shell variable that stands in for it. */
function secretPlaceholders(request: HttpRequest, keys: Credentials): Map<string, string> {
  const placeholders = new Map<string, string>();
  const authorization = request.headers.find(([n]) => n.toLowerCase() === "authorization")?.[1];
  if (authorization) placeholders.set(authorization, "ASSAY_AUTHORIZATION");
  const text = request.path + (typeof request.body === "string" ? request.body : "");
  for (const [name, placeholder] of [
    ["usersig", "ASSAY_USERSIG"],
    ["Signature", "ASSAY_SIGNATURE"],
  ] as const) {
    const value = new RegExp(`[?&]${name}=([^&]+)`).exec(`?${text}`)?.[1];
    if (value) placeholders.set(value, placeholder);
  }
  placeholders.set(keys.id, "ASSAY_ID");
  return placeholders;
}

const unwrapId = (id: Json): Json =>
  typeof id === "object" && id !== null && !Array.isArray(id) ? (Object.values(id)[0] ?? null) : id;
