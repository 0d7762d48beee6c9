/** The laws that every protocol keeps; each protocol's test calls them with its fixtures. */
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Nested, unflatten } from "../../http/flatten.ts";
import type {
  Action,
  Call,
  CallMembers,
  Credentials,
  HttpRequest,
  Json,
  Protocol,
  SigningInput,
  VerificationInput,
} from "../../model/index.ts";
import { bodyBytes, bodyText } from "../shared/body.ts";
import { findHeader } from "../shared/header.ts";

/** The parts of a request that the signature covers: all of the path, or the values of some of its parameters. */
export interface SignedParts {
  readonly path: "all" | readonly string[];
  readonly body: boolean;
  /** Lower-case names. */
  readonly headers: readonly string[];
}

export interface ProtocolFixtures {
  readonly action: Action;
  readonly credentials: Credentials;
  readonly host: string;
  readonly region?: string;
  /** True where the protocol sends a nonce. */
  readonly sendsNonce: boolean;
  readonly signedParts: (binding: string) => SignedParts;
  /** What a request says where its protocol signs less than every byte (decoded text, trimmed headers). */
  readonly signedContent: (request: HttpRequest) => unknown;
}

/** Runs are repeatable: fast-check starts from this seed. */
const RUNS = { seed: 20180301, numRuns: 150 };

export function protocolLaws(protocol: Protocol, fixtures: ProtocolFixtures): void {
  describe.each(protocol.bindings)(`laws of ${protocol.id}: %s`, (binding) => {
    const members = protocol.isFlat(binding) ? flatMembers : jsonMembers;
    const { action } = fixtures;
    const make = (sent: CallMembers, how: SigningInput): HttpRequest => {
      const call: Call = { action, binding, members: sent };
      return protocol.sign(protocol.encode(call, how), call, how);
    };
    const verifying = ({ now, credentials }: SigningInput): VerificationInput => ({
      now,
      credentialScope: action.service.credentialScope,
      secretOf: (id) => (id === credentials.id ? credentials : undefined),
      leniency: { hostWithoutPort: false, scopeOfAddress: false },
    });
    const judge = (request: HttpRequest, how: SigningInput): string | null => {
      const received = protocol.parseRequest(request);
      return received === null ? "not read" : protocol.verify(request, received, verifying(how));
    };

    test("what is signed is believed, with and without a token", () => {
      const check = (sent: CallMembers, how: SigningInput) => {
        expect(judge(asReceived(make(sent, how)), how)).toBeNull();
      };
      fc.assert(fc.property(members, signing(fixtures), check), RUNS);
    });

    test("read gives back what was encoded", () => {
      const check = (sent: CallMembers, how: SigningInput) => {
        const received = protocol.parseRequest(asReceived(make(sent, how)));
        expect(received?.binding).toBe(binding);
        expect(received?.action).toBe(action.path === undefined ? action.name : action.path.split("/").at(-1));
        expect(received?.common.get("Host")).toBe(how.host);
        if (protocol.isFlat(binding)) expect(unflatten(received?.flat ?? [])).toEqual(asText(sent));
        else expect(JSON.parse(bodyText(received?.body ?? ""))).toEqual(sent);
      };
      fc.assert(fc.property(members, signing(fixtures), check), RUNS);
    });

    test("one changed byte in any signed part is refused", () => {
      const signed = fixtures.signedParts(binding);
      const check = (sent: CallMembers, how: SigningInput, at: number, mask: number) => {
        const request = asReceived(make(sent, how));
        const spots = flippablePositions(request, signed);
        const changed = flip(request, spots[at % spots.length] as Spot, mask);
        fc.pre(JSON.stringify(fixtures.signedContent(changed)) !== JSON.stringify(fixtures.signedContent(request)));
        expect(judge(changed, how)).not.toBeNull();
      };
      const arbitraries = [members, signing(fixtures), fc.nat(), fc.integer({ min: 1, max: 127 })] as const;
      fc.assert(fc.property(...arbitraries, check), { ...RUNS, numRuns: 600 });
    });

    test("each signed part is there to be changed", () => {
      const request = asReceived(make({ Aa: "b" }, signingAt(fixtures, 1_700_000_000_000)));
      const { path, body, headers } = fixtures.signedParts(binding);
      const found = new Set(flippablePositions(request, fixtures.signedParts(binding)).map((spot) => spot.part));
      const wanted = [...(path === "all" ? ["path"] : path), ...(body ? ["body"] : []), ...headers];
      expect([...found].sort()).toEqual(wanted.sort());
    });

    test("signing again changes nothing", () => {
      const check = (sent: CallMembers, how: SigningInput) => {
        const once = make(sent, how);
        expect(protocol.sign(once, { action, binding, members: sent }, how)).toEqual(once);
      };
      fc.assert(fc.property(members, signing(fixtures), check), RUNS);
    });

    describe("clock and nonce", () => {
      afterEach(() => {
        vi.useRealTimers();
        vi.restoreAllMocks();
      });

      test("come from the arguments alone", () => {
        vi.spyOn(Math, "random").mockImplementation(() => {
          throw new Error("Math.random is no argument");
        });
        vi.useFakeTimers({ toFake: ["Date"] });
        const how = signingAt(fixtures, 1_700_000_000_000);
        const texts = [0, 1_900_000_000_000].map((time) => {
          vi.setSystemTime(time);
          return JSON.stringify(make({ Aa: "b" }, how));
        });
        expect(texts[1]).toBe(texts[0]);
      });

      test("reach the bytes", () => {
        const at = (now: number, nonce: number) =>
          JSON.stringify(make({ Aa: "b" }, { ...signingAt(fixtures, now), nonce: () => nonce }));
        const now = 1_700_000_000_000;
        expect(at(now + 86_400_000, 7)).not.toBe(at(now, 7));
        expect(at(now, 8) !== at(now, 7)).toBe(fixtures.sendsNonce);
      });
    });

    test("the secret never stands in the request", () => {
      const { key } = fixtures.credentials;
      const check = (sent: CallMembers, how: SigningInput) => {
        const text = JSON.stringify(make(sent, how));
        for (const form of [key, Buffer.from(key).toString("base64"), Buffer.from(key).toString("hex")]) {
          expect(text.includes(form)).toBe(false);
        }
      };
      fc.assert(fc.property(members, signing(fixtures), check), RUNS);
    });

    test("hostile requests are judged, not thrown at", () => {
      const check = (sent: CallMembers, how: SigningInput, edits: Hostile[]) => {
        const request = edits.reduce(corrupt, asReceived(make(sent, how)));
        expect(typeof (judge(request, how) ?? "")).toBe("string");
      };
      fc.assert(
        fc.property(members, signing(fixtures), fc.array(hostile, { minLength: 1, maxLength: 4 }), check),
        RUNS,
      );
    });
  });
}

/* ---- what is sent ---- */

/** Text of any code points but lone surrogates, with what encoders get wrong among it. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "",
    " ",
    "+",
    "%",
    "%2F",
    "%zz",
    "a=b&c=d",
    "a!b'c(d)*~+/=&%",
    "事业群",
    "\u{20000}",
    "e\u0301",
    "\0\r\n",
  ),
);
const leaf = fc.oneof(text, text, fc.integer(), fc.boolean());
const name = fc.stringMatching(/^[A-Z][a-z0-9_]{1,6}$/).filter((one) => !RESERVED.has(one));
/** Names of common parameters that v1 lays beside the members. */
const RESERVED = new Set(["Action", "Version", "Region", "Nonce", "Token"]);

const { members: flatMembers } = fc.letrec<{ value: Json; members: CallMembers }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    fc.array(tie("value"), { minLength: 1, maxLength: 12 }),
    fc.dictionary(name, tie("value"), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  ),
  members: fc.dictionary(name, tie("value"), { maxKeys: 5, noNullPrototype: true }),
}));

const { members: jsonMembers } = fc.letrec<{ value: Json; members: CallMembers }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.oneof(leaf, fc.constant(null), fc.constant("\ud800")),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(name, text), tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
  members: fc.dictionary(name, tie("value"), { maxKeys: 5, noNullPrototype: true }),
}));

function asText(value: Json): Nested | { [member: string]: Nested } {
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== "object" || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner)]));
}

function signingAt({ credentials, host, region }: ProtocolFixtures, now: number): SigningInput {
  return { credentials, host, now, nonce: () => 7, ...(region !== undefined && { region }) };
}

function signing(fixtures: ProtocolFixtures): fc.Arbitrary<SigningInput> {
  return fc
    .record({
      now: fc.integer({ min: 1_500_000_000_000, max: 4_000_000_000_000 }),
      nonce: fc.nat(0xffffffff),
      bare: fc.boolean(),
    })
    .map(({ now, nonce, bare }) => {
      const { token: _, ...plain } = fixtures.credentials;
      const how = { ...signingAt(fixtures, now), nonce: () => nonce };
      return bare ? { ...how, credentials: plain } : how;
    });
}

/* ---- what becomes of it ---- */

/** As a server sees it: header names in lower case, the body in bytes. */
function asReceived({ method, path, headers, body }: HttpRequest): HttpRequest {
  const lower = headers.map(([key, value]) => [key.toLowerCase(), value] as const);
  return { method, path, headers: lower, body: bodyBytes(body) };
}

interface Spot {
  readonly part: string;
  readonly where: "path" | "body" | "header";
  readonly at: number;
}

function flippablePositions(request: HttpRequest, { path, body, headers }: SignedParts): Spot[] {
  const spots: Spot[] = [];
  const add = (part: string, where: Spot["where"], from: number, length: number) => {
    for (let i = 0; i < length; i++) spots.push({ part, where, at: from + i });
  };
  if (path === "all") add("path", "path", 0, request.path.length);
  else {
    for (const parameter of path) {
      const found = new RegExp(`[?&]${parameter}=([^&]*)`, "d").exec(request.path);
      const [from, to] = found?.indices?.[1] ?? [0, 0];
      add(parameter, "path", from, to - from);
    }
  }
  if (body) add("body", "body", 0, request.body.length);
  for (const part of headers) add(part, "header", 0, findHeader(request.headers, part)?.length ?? 0);
  return spots;
}

function flip(request: HttpRequest, { part, where, at }: Spot, mask: number): HttpRequest {
  const inText = (value: string) =>
    value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ mask) + value.slice(at + 1);
  if (where === "path") return { ...request, path: inText(request.path) };
  if (where === "header") {
    const headers = request.headers.map(([key, value]) => [key, key === part ? inText(value) : value] as const);
    return { ...request, headers };
  }
  const bytes = Uint8Array.from(bodyBytes(request.body));
  bytes[at] = (bytes[at] ?? 0) ^ mask;
  return { ...request, body: bytes };
}

/* ---- what nobody should send ---- */

type Hostile = { readonly what: "header" | "path" | "body" | "method"; readonly n: number; readonly text: string };

const hostile: fc.Arbitrary<Hostile> = fc.record({
  what: fc.constantFrom("header", "path", "body", "method"),
  n: fc.nat(40),
  text: fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(
      "?&&==",
      "%%%",
      "/v4/",
      "\ud800",
      `?${"a.0".repeat(200)}=1`,
      "9".repeat(400),
      ",".repeat(50),
      "=,=;=/",
    ),
  ),
});

/** Puts the text in place of what stands from `n` on in one header, the path or the body, or of the method. */
function corrupt(request: HttpRequest, { what, n, text: put }: Hostile): HttpRequest {
  if (what === "method") return { ...request, method: put };
  if (what === "path") return { ...request, path: request.path.slice(0, n) + put };
  if (what === "body")
    return { ...request, body: Buffer.concat([bodyBytes(request.body).subarray(0, n), Buffer.from(put)]) };
  const chosen = n % Math.max(1, request.headers.length);
  const headers = request.headers.map(
    ([key, value], i) => [key, i === chosen ? value.slice(0, n) + put : value] as const,
  );
  return { ...request, headers };
}
