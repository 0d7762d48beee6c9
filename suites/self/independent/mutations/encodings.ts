/** Texts and sizes that one kind of request handles wrongly. */
import type { HttpRequest } from "../../../../runner/model/index.ts";
import type { ServerHooks } from "../hooks.ts";
import { changedCalls, globsOf, mutationsOf } from "./mutation.ts";

const decoding = (bindings: readonly string[], decode: (encoded: string) => string): (() => Partial<ServerHooks>) => {
  const right = (encoded: string): string => decodeURIComponent(encoded.replaceAll("+", " "));
  // The signature is made of the texts that were sent, so only the values of members may be garbled.
  return () => ({ decode: (encoded, binding) => (bindings.includes(binding) ? decode(encoded) : right(encoded)) });
};

const decoded = (encoded: string): string => decodeURIComponent(encoded.replaceAll("+", " "));
const latin1 = (text: string): string => Buffer.from(text).toString("latin1");
const TEXT_MEMBERS = ["GroupName", "PersonName", "Tag", "Description", "DisplayName", "Nick", "Name"];

/** Changes the texts of a call that came over some bindings. */
const garbled = (bindings: readonly string[], change: (value: string) => string): (() => Partial<ServerHooks>) => {
  return () => ({
    call: (call, proceed) => {
      if (!bindings.includes(call.binding)) return proceed(call);
      const input = Object.fromEntries(
        Object.entries(call.input).map(([name, value]) => [
          name,
          typeof value === "string" && TEXT_MEMBERS.includes(name) ? change(value) : value,
        ]),
      );
      return proceed({ ...call, input });
    },
  });
};

/** Refuses requests of more bytes, with the right code and below the documented limit. */
const refusingAbove = (
  isOf: (request: HttpRequest) => boolean,
  bytes: number,
  body: string,
): (() => Partial<ServerHooks>) => {
  return () => ({
    respond: (response, request) =>
      isOf(request) && request.path.length + Buffer.byteLength(request.body) > bytes ? { ...response, body } : response,
  });
};

const TOO_LARGE = '{"Response":{"Error":{"Code":"RequestSizeLimitExceeded","Message":"too large"},"RequestId":"r"}}';

const isPost = ({ method }: HttpRequest): boolean => method === "POST";
const created = [
  "tencent/iai/CreateGroup/**",
  "tencent/organization/CreateGroup/**",
  "tencent/organization/CreateUser/**",
];
const sizes = ["tencent/iai/GetGroupList/protocol/**", "tencent/iai/CreateGroup/protocol/**"];

export const encodingMutations = [
  ...mutationsOf("encodings", created, {
    "tc3-get-han-garbled": [garbled(["tc3-get"], (value) => value.replace(/\p{Script=Han}/gu, "x"))],
    "v1-get-han-garbled": [garbled(["v1-get"], (value) => value.replace(/\p{Script=Han}/gu, "x"))],
    "v1-post-han-garbled": [garbled(["v1-post"], (value) => value.replace(/\p{Script=Han}/gu, "x"))],
    "tc3-post-han-garbled": [garbled(["tc3-post"], (value) => value.replace(/\p{Script=Han}/gu, "x"))],
    "tc3-post-latin1": [garbled(["tc3-post"], latin1)],
    "tc3-post-names-in-lower-case": [garbled(["tc3-post"], (value) => value.toLowerCase())],
    "v1-get-names-in-lower-case": [garbled(["v1-get"], (value) => value.toLowerCase())],
    "tc3-post-halves-of-pairs": [garbled(["tc3-post"], (value) => value.replace(/[\ud800-\udbff]/g, ""))],
    "tc3-get-decoded-twice": [
      decoding(["tc3-get"], (encoded) =>
        decoded(
          decoded(encoded)
            .replaceAll("%", "%25")
            .replace(/%25([0-9A-F]{2})/gi, "%$1"),
        ),
      ),
    ],
    "tc3-get-not-decoded": [decoding(["tc3-get"], (encoded) => encoded)],
    "tc3-get-percent-20-refused": [
      decoding(["tc3-get"], (encoded) => decodeURIComponent(encoded.includes("%20") ? "%" : encoded)),
    ],
    "tc3-get-latin1": [decoding(["tc3-get"], (encoded) => latin1(decoded(encoded)))],
    "v1-get-text-trimmed": [garbled(["v1-get", "v1-post"], (value) => value.trim())],
    "tc3-post-text-trimmed": [garbled(["tc3-post"], (value) => value.trim())],
  }),
  ...mutationsOf("encodings", globsOf("im create_group account_import add_group_member"), {
    "im-accounts-in-lower-case": [
      () =>
        changedCalls("im account_import", (call, proceed) =>
          proceed({ ...call, input: { ...call.input, UserID: String(call.input["UserID"]).toLowerCase() } }),
        ),
    ],
    "im-accounts-trimmed": [
      () =>
        changedCalls("im account_import", (call, proceed) =>
          proceed({ ...call, input: { ...call.input, UserID: String(call.input["UserID"]).trim() } }),
        ),
    ],
  }),
  ...mutationsOf("encodings", sizes, {
    "tc3-post-1-mb-at-most": [
      refusingAbove((request) => isPost(request) && request.path === "/", 1024 * 1024, TOO_LARGE),
    ],
    "form-64-kb-at-most": [
      refusingAbove(
        (request) => isPost(request) && /^[A-Z]\w+=/.test(String(request.body).slice(0, 20)),
        64 * 1024,
        TOO_LARGE,
      ),
    ],
    "query-16-kb-at-most": [refusingAbove(({ method }) => method === "GET", 16 * 1024, TOO_LARGE)],
    "query-of-any-size": [
      () => ({
        receive: (request) =>
          request.method === "GET" ? { ...request, path: request.path.replace(/&{100,}/g, "&") } : request,
      }),
    ],
  }),
];
