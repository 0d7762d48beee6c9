/** The complete list of what the emulator accepts from real clients although no document allows it. `strict` switches all of it off. */
import type { CallMembers, ClientLeniency } from "../model/index.ts";

export const leniencies = [
  {
    id: "host-without-port",
    description: "The Node client signs the host name without its port and sends it with the port.",
  },
  {
    id: "scope-of-address",
    description:
      "The Node and Java clients use the first label of the address (127, localhost) as the service of the credential scope.",
  },
  {
    id: "unsigned-payload",
    description:
      "The Go, Java, PHP and Python clients can sign the text UNSIGNED-PAYLOAD in place of the body, and then send it in the header X-TC-Content-SHA256.",
  },
  {
    id: "request-client",
    description: "Every client sends its own name in the parameter RequestClient, or in the header X-TC-RequestClient.",
  },
  {
    id: "trace-id",
    description: "The Node and Python clients send a header X-TC-TraceId.",
  },
  {
    id: "region-null",
    description: "The international Node client without a region sends the text null as the region.",
  },
  {
    id: "later-members",
    description: "The typed clients of iai have parameters of a later edition, which this edition does not name.",
  },
  {
    id: "earlier-member",
    description: "Clients of Tencent IM written for an earlier edition name the UserID of account_import Identifier.",
  },
] as const;

export type LeniencyId = (typeof leniencies)[number]["id"];

/** By action: parameters that a later edition of its page names. They have no effect here. */
const laterMembers: Readonly<Record<string, readonly string[]>> = {
  "tencent/iai/CreateGroup": ["FaceModelVersion"],
  "tencent/iai/CreatePerson": ["UniquePersonControl", "QualityControl", "NeedRotateDetection"],
};

/** By action: the name that an earlier edition of its page has, and the name of this edition. */
const earlierNames: Readonly<Record<string, readonly [earlier: string, name: string]>> = {
  "tencent/im/account_import": ["Identifier", "UserID"],
};

/** The leniencies of one emulator, and how many requests needed each. */
export interface Leniencies {
  readonly strict: boolean;
  /** False where strict. Else the request is counted as one that needed it. */
  use(id: LeniencyId): boolean;
  readonly counts: ReadonlyMap<LeniencyId, number>;
}

export function createLeniencies(strict: boolean): Leniencies {
  const counts = new Map<LeniencyId, number>();
  return {
    strict,
    use(id) {
      if (!strict) counts.set(id, (counts.get(id) ?? 0) + 1);
      return !strict;
    },
    counts,
  };
}

const ofSignatures = [
  ["host-without-port", "hostWithoutPort"],
  ["scope-of-address", "scopeOfAddress"],
  ["unsigned-payload", "unsignedPayload"],
] as const satisfies readonly (readonly [LeniencyId, keyof ClientLeniency])[];

/** What a verifier accepts without, and with all leniencies. */
const [none, all] = [false, true].map(
  (isActive) => Object.fromEntries(ofSignatures.map(([, name]) => [name, isActive])) as unknown as ClientLeniency,
) as [ClientLeniency, ClientLeniency];

/**
 * The failure of a signature, null where it is valid. A signature that only leniencies make valid is verified again without each,
 * to count those that it needs.
 */
export function verifyLeniently<F>(leniencies: Leniencies, verify: (leniency: ClientLeniency) => F | null): F | null {
  const failure = verify(none);
  if (failure === null || leniencies.strict) return failure;
  const lenientFailure = verify(all);
  if (lenientFailure === null)
    for (const [id, name] of ofSignatures) if (verify({ ...all, [name]: false }) !== null) leniencies.use(id);
  return lenientFailure;
}

/** True for an undeclared member that the action accepts from its clients. */
export const isLaterMember = (leniencies: Leniencies, action: string, name: string): boolean =>
  laterMembers[action]?.includes(name) === true && leniencies.use("later-members");

/** The members with the names of this edition. */
export function withCurrentNames(leniencies: Leniencies, action: string, members: CallMembers): CallMembers {
  const [earlier = "", name = ""] = earlierNames[action] ?? [];
  const { [earlier]: value, ...others } = members;
  if (value === undefined || name in members || !leniencies.use("earlier-member")) return members;
  return { ...others, [name]: value };
}
