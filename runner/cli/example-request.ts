/** A case → the curl line that shows its form: ids of resources made up, secrets left as gaps. */
import { bindMembers, preselectedIds } from "../cases/bind/bind.ts";
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
import { unknownId, wrapIds } from "../resources/setup-members.ts";
import { buildMutatedRequest } from "../run/send/mutated-request.ts";

export function exampleCurl(c: Case): string {
  if (c.fuzzIndex !== null) return `drawn by the seed; \`assay explain ${c.id} --send\` shows what seed 1 draws`;
  const token = "run0id0run0idx0";
  const states = new Map([...(c.sample?.given ?? c.action.given), ...(c.situation?.where ?? [])]);
  const values: CallMembers = {};
  for (const [name, state] of states) {
    const p = c.action.parameters.find((q) => q.name === name);
    const resource = c.action.service.resources.get(state.resource);
    if (!p || !resource || state.kind === "new") continue;
    values[name] = wrapIds(
      state,
      p,
      Array.from({ length: state.count }, (_, i) =>
        unwrapId(unknownId(resource, p, { seed: 1, token: `${token}${i || ""}` })),
      ),
    );
  }
  const preset = preselectedIds(c, token, 1);
  const members = bindMembers(c, { seed: 1, token, values, taken: values, fill: () => undefined }, preset);
  const keys: Credentials = credentials[c.action.service.id] ??
    credentials[c.action.service.provider] ?? { id: "ID", key: "KEY" };
  const host = c.action.service.host.replace("{region}", "us-east-1");
  const signing: SigningInput = { credentials: keys, host, region: "us-east-1", now: Date.now(), nonce: () => 1 };
  const { region: _, ...without } = signing;
  const how = c.action.service.provider === "aws" ? signing : without;
  const call = { action: c.action, binding: c.binding, members };
  const protocol = protocolOf(c.binding);
  const request =
    c.edit?.op === "request"
      ? buildMutatedRequest(call, how, withoutPadding(c.edit.mutation), how.now)
      : protocol.sign(protocol.encode(call, how), call, how);
  return toCurl(request, `https://${host}`, gapsOf(request, keys));
}

/** Megabytes of blanks would show nothing. */
const withoutPadding = (change: RequestMutation): RequestMutation =>
  change.beforeSigning
    ? { ...change, beforeSigning: change.beforeSigning.filter((edit) => edit.op !== "pad") }
    : change;

function gapsOf(request: HttpRequest, keys: Credentials): Map<string, string> {
  const gaps = new Map<string, string>();
  const authorization = request.headers.find(([n]) => n.toLowerCase() === "authorization")?.[1];
  if (authorization) gaps.set(authorization, "ASSAY_AUTHORIZATION");
  const text = request.path + (typeof request.body === "string" ? request.body : "");
  for (const [name, gap] of [
    ["usersig", "ASSAY_USERSIG"],
    ["Signature", "ASSAY_SIGNATURE"],
  ] as const) {
    const value = new RegExp(`[?&]${name}=([^&]+)`).exec(`?${text}`)?.[1];
    if (value) gaps.set(value, gap);
  }
  gaps.set(keys.id, "ASSAY_ID");
  return gaps;
}

const unwrapId = (id: Json): Json =>
  typeof id === "object" && id !== null && !Array.isArray(id) ? (Object.values(id)[0] ?? null) : id;
