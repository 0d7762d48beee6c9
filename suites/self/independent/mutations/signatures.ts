/** Signatures of which a part is not checked, or not for every request. */
import type { HttpRequest } from "../../../../runner/model/index.ts";
import type { ServerHooks } from "../hooks.ts";
import { mutationsOf } from "./mutation.ts";

type Comparison = (part: string, demanded: string, sent: string, request: HttpRequest) => boolean;

/** Accepts what `accepts` allows beyond the right signature. */
function alsoAccepting(accepts: Comparison): () => Partial<ServerHooks> {
  return () => {
    let current: HttpRequest;
    return {
      receive: (request) => {
        current = request;
        return request;
      },
      matches: (part, demanded, sent) => demanded === sent || accepts(part, demanded, sent, current),
    };
  };
}

const unchecked = (...parts: string[]) => alsoAccepting((part) => parts.includes(part));
const ofRequests = (part: string, isUnchecked: (request: HttpRequest) => boolean) =>
  alsoAccepting((compared, _demanded, _sent, request) => compared === part && isUnchecked(request));

const text = ({ path, headers, body }: HttpRequest): string =>
  `${path} ${headers.map((header) => header.join(":")).join(" ")} ${Buffer.from(body).toString()}`;
const reads = (request: HttpRequest): boolean => /\b(Get|List|Describe|get_)\w+/.test(text(request));

/** Checks a signature only until the first right one. */
function untilRight(part: string): () => Partial<ServerHooks> {
  return () => {
    let isTrusted = false;
    return {
      matches: (compared, demanded, sent) => {
        isTrusted ||= compared === part && demanded === sent;
        return demanded === sent || (compared === part && isTrusted);
      },
    };
  };
}

/** Accepts a signature that was right for an earlier request. */
function seenBefore(part: string): () => Partial<ServerHooks> {
  return () => {
    const seen = new Set<string>();
    return {
      matches: (compared, demanded, sent) => {
        if (compared === part && demanded === sent) seen.add(sent);
        return demanded === sent || (compared === part && seen.has(sent));
      },
    };
  };
}

const window = (scheme: string, isOutside: (ageSeconds: number) => boolean): (() => Partial<ServerHooks>) => {
  const limits: Record<string, number> = { tc3: 300, v1: 300, sigv4: 900 };
  return () => ({
    isOutside: (sent, seconds, nowSeconds) =>
      sent === scheme ? isOutside(nowSeconds - seconds) : Math.abs(nowSeconds - seconds) > (limits[sent] ?? 0),
  });
};

/** Actions that read and change; the first one is tried over every binding. */
const cloud = [
  "tencent/iai/GetGroupList/signature/**",
  "tencent/iai/CreateGroup/signature/**",
  "tencent/organization/DeleteGroup/signature/**",
];
const aws = [
  "aws/rekognition/DeleteUser/signature/**",
  "aws/rekognition/DescribeCollection/signature/**",
  "aws/rekognition/*/protocol/**",
];
const chat = ["get_role_in_group", "delete_group_member"].flatMap((command) => [
  `tencent/im/${command}/signature/**`,
  `tencent/im/${command}/protocol/**`,
]);

export const signatureMutations = [
  ...mutationsOf("signatures", cloud, {
    "tc3-unknown-key": [unchecked("tc3/id")],
    "tc3-any-date": [unchecked("tc3/scope-date")],
    "tc3-any-service": [unchecked("tc3/scope-service")],
    "tc3-any-terminator": [unchecked("tc3/scope-terminator")],
    "tc3-content-type-unsigned": [unchecked("tc3/signed-content-type")],
    "tc3-host-unsigned": [unchecked("tc3/signed-host")],
    "tc3-signature-unchecked": [unchecked("tc3/signature")],
    "tc3-get-unchecked": [ofRequests("tc3/signature", ({ method }) => method === "GET")],
    "tc3-reading-unchecked": [ofRequests("tc3/signature", reads)],
    "tc3-changing-unchecked": [ofRequests("tc3/signature", (request) => !reads(request))],
    "tc3-first-half-compared": [
      alsoAccepting((part, demanded, sent) => part === "tc3/signature" && demanded.slice(0, 32) === sent.slice(0, 32)),
    ],
    "tc3-checked-once": [untilRight("tc3/signature")],
    "tc3-seen-before": [seenBefore("tc3/signature")],
    "tc3-old-accepted": [window("tc3", (age) => age < -300)],
    "tc3-ahead-accepted": [window("tc3", (age) => age > 300)],
    "tc3-window-10-minutes": [window("tc3", (age) => Math.abs(age) > 600)],
    "tc3-window-4-minutes": [window("tc3", (age) => Math.abs(age) > 240)],
    "v1-unknown-key": [unchecked("v1/id")],
    "v1-signature-unchecked": [unchecked("v1/signature")],
    "v1-get-unchecked": [ofRequests("v1/signature", ({ method }) => method === "GET")],
    "v1-post-unchecked": [ofRequests("v1/signature", ({ method }) => method === "POST")],
    "v1-sha256-unchecked": [ofRequests("v1/signature", (request) => /HmacSHA256/.test(text(request)))],
    "v1-sha1-unchecked": [ofRequests("v1/signature", (request) => !/HmacSHA256/.test(text(request)))],
    "v1-changing-unchecked": [ofRequests("v1/signature", (request) => !reads(request))],
    "v1-in-any-case": [
      alsoAccepting((part, demanded, sent) => part === "v1/signature" && demanded.toLowerCase() === sent.toLowerCase()),
    ],
    "v1-first-half-compared": [
      alsoAccepting((part, demanded, sent) => part === "v1/signature" && demanded.slice(0, 12) === sent.slice(0, 12)),
    ],
    "v1-checked-once": [untilRight("v1/signature")],
    "v1-seen-before": [seenBefore("v1/signature")],
    "v1-old-accepted": [window("v1", (age) => age < -300)],
    "v1-ahead-accepted": [window("v1", (age) => age > 300)],
  }),
  ...mutationsOf("signatures", aws, {
    "sigv4-unknown-key": [unchecked("sigv4/id")],
    "sigv4-any-date": [unchecked("sigv4/scope-date")],
    "sigv4-any-region": [unchecked("sigv4/scope-region")],
    "sigv4-any-service": [unchecked("sigv4/scope-service")],
    "sigv4-any-terminator": [unchecked("sigv4/scope-terminator")],
    "sigv4-host-unsigned": [unchecked("sigv4/signed-host")],
    "sigv4-date-unsigned": [unchecked("sigv4/signed-x-amz-date")],
    "sigv4-target-unsigned": [unchecked("sigv4/signed-x-amz-target")],
    "sigv4-content-type-unsigned": [unchecked("sigv4/signed-content-type")],
    "sigv4-signature-unchecked": [unchecked("sigv4/signature")],
    "sigv4-reading-unchecked": [ofRequests("sigv4/signature", reads)],
    "sigv4-changing-unchecked": [ofRequests("sigv4/signature", (request) => !reads(request))],
    "sigv4-first-half-compared": [
      alsoAccepting(
        (part, demanded, sent) => part === "sigv4/signature" && demanded.slice(0, 32) === sent.slice(0, 32),
      ),
    ],
    "sigv4-checked-once": [untilRight("sigv4/signature")],
    "sigv4-seen-before": [seenBefore("sigv4/signature")],
    "sigv4-old-accepted": [window("sigv4", (age) => age < -900)],
    "sigv4-ahead-accepted": [window("sigv4", (age) => age > 900)],
    "sigv4-window-one-day": [window("sigv4", (age) => Math.abs(age) > 86_400)],
    "aws-any-target-prefix": [unchecked("aws/target-prefix")],
  }),
  ...mutationsOf("signatures", chat, {
    "usersig-any-application": [unchecked("usersig/application", "usersig/sdkappid")],
    "usersig-of-another-identifier": [unchecked("usersig/identifier")],
    "usersig-of-another-application": [unchecked("usersig/sdkappid")],
    "usersig-signature-unchecked": [unchecked("usersig/signature")],
    "usersig-checked-once": [untilRight("usersig/signature")],
    "usersig-reading-unchecked": [ofRequests("usersig/signature", reads)],
    "usersig-no-administrator": [unchecked("usersig/administrator")],
    "usersig-first-half-compared": [
      alsoAccepting(
        (part, demanded, sent) => part === "usersig/signature" && demanded.slice(0, 20) === sent.slice(0, 20),
      ),
    ],
  }),
];
