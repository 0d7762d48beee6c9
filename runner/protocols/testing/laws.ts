/** The laws of all protocols; the test of each protocol calls them with its fixtures. */
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

/** The parts of a request that the signature covers: the whole path, or the values of some query parameters. */
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
  /** True if the protocol sends a nonce. */
  readonly sendsNonce: boolean;
  readonly signedParts: (binding: string) => SignedParts;
  /** The request as the signature sees it (decoded text, trimmed headers): requests with equal content have equal signatures. */
  readonly signedContent: (request: HttpRequest) => unknown;
}

/** A fixed seed makes runs repeatable. */
const RUNS = { seed: 20180301, numRuns: 150 };

export function protocolLaws(protocol: Protocol, fixtures: ProtocolFixtures): void {
  describe.each(protocol.bindings)(`laws of ${protocol.id}: %s`, (binding) => {
    const members = protocol.isFlat(binding) ? flatMembers : jsonMembers;
    const { action } = fixtures;
    const signedRequest = (sentMembers: CallMembers, input: SigningInput): HttpRequest => {
      const call: Call = { action, binding, members: sentMembers };
      return protocol.sign(protocol.encode(call, input), call, input);
    };
    const verificationInput = ({ now, credentials }: SigningInput): VerificationInput => ({
      now,
      credentialScope: action.service.credentialScope,
      secretOf: (id) => (id === credentials.id ? credentials : undefined),
      leniency: { hostWithoutPort: false, scopeOfAddress: false, unsignedPayload: false },
    });
    const verify = (request: HttpRequest, input: SigningInput): string | null => {
      const parsed = protocol.parseRequest(request);
      return parsed === null ? "not parsed" : protocol.verify(request, parsed, verificationInput(input));
    };

    test("a signed request is accepted, with and without a token", () => {
      const check = (sentMembers: CallMembers, input: SigningInput) => {
        expect(verify(asReceived(signedRequest(sentMembers, input)), input)).toBeNull();
      };
      fc.assert(fc.property(members, signing(fixtures), check), RUNS);
    });

    test("parseRequest returns the call that encode was given", () => {
      const check = (sentMembers: CallMembers, input: SigningInput) => {
        const parsed = protocol.parseRequest(asReceived(signedRequest(sentMembers, input)));
        expect(parsed?.binding).toBe(binding);
        expect(parsed?.action).toBe(action.path === undefined ? action.name : action.path.split("/").at(-1));
        expect(parsed?.common.get("Host")).toBe(input.host);
        if (protocol.isFlat(binding)) expect(unflatten(parsed?.flat ?? [])).toEqual(asText(sentMembers));
        else expect(JSON.parse(bodyText(parsed?.body ?? ""))).toEqual(sentMembers);
      };
      fc.assert(fc.property(members, signing(fixtures), check), RUNS);
    });

    test("one changed byte in any signed part is refused", () => {
      const signedParts = fixtures.signedParts(binding);
      const check = (sentMembers: CallMembers, input: SigningInput, at: number, mask: number) => {
        const request = asReceived(signedRequest(sentMembers, input));
        const positions = flippablePositions(request, signedParts);
        const changed = flip(request, positions[at % positions.length] as Position, mask);
        fc.pre(JSON.stringify(fixtures.signedContent(changed)) !== JSON.stringify(fixtures.signedContent(request)));
        expect(verify(changed, input)).not.toBeNull();
      };
      const arbitraries = [members, signing(fixtures), fc.nat(), fc.integer({ min: 1, max: 127 })] as const;
      fc.assert(fc.property(...arbitraries, check), { ...RUNS, numRuns: 600 });
    });

    test("the request has every signed part, so that the law above can change each of them", () => {
      const request = asReceived(signedRequest({ Aa: "b" }, signingAt(fixtures, 1_700_000_000_000)));
      const { path, body, headers } = fixtures.signedParts(binding);
      const parts = new Set(flippablePositions(request, fixtures.signedParts(binding)).map(({ part }) => part));
      const expectedParts = [...(path === "all" ? ["path"] : path), ...(body ? ["body"] : []), ...headers];
      expect([...parts].sort()).toEqual(expectedParts.sort());
    });

    test("signing again changes nothing", () => {
      const check = (sentMembers: CallMembers, input: SigningInput) => {
        const once = signedRequest(sentMembers, input);
        expect(protocol.sign(once, { action, binding, members: sentMembers }, input)).toEqual(once);
      };
      fc.assert(fc.property(members, signing(fixtures), check), RUNS);
    });

    describe("time and nonce", () => {
      afterEach(() => {
        vi.useRealTimers();
        vi.restoreAllMocks();
      });

      test("are taken from the arguments only", () => {
        vi.spyOn(Math, "random").mockImplementation(() => {
          throw new Error("Math.random must not be called");
        });
        vi.useFakeTimers({ toFake: ["Date"] });
        const input = signingAt(fixtures, 1_700_000_000_000);
        const texts = [0, 1_900_000_000_000].map((time) => {
          vi.setSystemTime(time);
          return JSON.stringify(signedRequest({ Aa: "b" }, input));
        });
        expect(texts[1]).toBe(texts[0]);
      });

      test("change the request", () => {
        const requestText = (now: number, nonce: number) =>
          JSON.stringify(signedRequest({ Aa: "b" }, { ...signingAt(fixtures, now), nonce: () => nonce }));
        const now = 1_700_000_000_000;
        expect(requestText(now + 86_400_000, 7)).not.toBe(requestText(now, 7));
        expect(requestText(now, 8) !== requestText(now, 7)).toBe(fixtures.sendsNonce);
      });
    });

    test("the request does not contain the secret key", () => {
      const { key } = fixtures.credentials;
      const check = (sentMembers: CallMembers, input: SigningInput) => {
        const text = JSON.stringify(signedRequest(sentMembers, input));
        for (const form of [key, Buffer.from(key).toString("base64"), Buffer.from(key).toString("hex")]) {
          expect(text.includes(form)).toBe(false);
        }
      };
      fc.assert(fc.property(members, signing(fixtures), check), RUNS);
    });

    test("hostile requests never make the verifier throw", () => {
      const check = (sentMembers: CallMembers, input: SigningInput, edits: Corruption[]) => {
        const request = edits.reduce(corrupt, asReceived(signedRequest(sentMembers, input)));
        expect(typeof (verify(request, input) ?? "")).toBe("string");
      };
      fc.assert(
        fc.property(members, signing(fixtures), fc.array(corruption, { minLength: 1, maxLength: 4 }), check),
        RUNS,
      );
    });
  });
}

/* ---- arbitrary calls ---- */

/** Text of any code points except lone surrogates, and texts that encoders often get wrong. */
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
const name = fc.stringMatching(/^[A-Z][a-z0-9_]{1,6}$/).filter((text) => !RESERVED_NAMES.has(text));
/** Names of common parameters that signature version 1 sends in the same form as the members. */
const RESERVED_NAMES = new Set(["Action", "Version", "Region", "Nonce", "Token"]);

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
      withoutToken: fc.boolean(),
    })
    .map(({ now, nonce, withoutToken }) => {
      const { token: _, ...credentials } = fixtures.credentials;
      const input = { ...signingAt(fixtures, now), nonce: () => nonce };
      return withoutToken ? { ...input, credentials } : input;
    });
}

/* ---- changes to a request ---- */

/** The request as a server receives it: header names in lower case, the body in bytes. */
function asReceived({ method, path, headers, body }: HttpRequest): HttpRequest {
  const lowerCased = headers.map(([key, value]) => [key.toLowerCase(), value] as const);
  return { method, path, headers: lowerCased, body: bodyBytes(body) };
}

interface Position {
  readonly part: string;
  readonly where: "path" | "body" | "header";
  readonly at: number;
}

function flippablePositions(request: HttpRequest, { path, body, headers }: SignedParts): Position[] {
  const positions: Position[] = [];
  const add = (part: string, where: Position["where"], from: number, length: number) => {
    for (let i = 0; i < length; i++) positions.push({ part, where, at: from + i });
  };
  if (path === "all") add("path", "path", 0, request.path.length);
  else {
    for (const parameter of path) {
      const match = new RegExp(`[?&]${parameter}=([^&]*)`, "d").exec(request.path);
      const [from, to] = match?.indices?.[1] ?? [0, 0];
      add(parameter, "path", from, to - from);
    }
  }
  if (body) add("body", "body", 0, request.body.length);
  for (const part of headers) add(part, "header", 0, findHeader(request.headers, part)?.length ?? 0);
  return positions;
}

function flip(request: HttpRequest, { part, where, at }: Position, mask: number): HttpRequest {
  const flipChar = (value: string) =>
    value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ mask) + value.slice(at + 1);
  if (where === "path") return { ...request, path: flipChar(request.path) };
  if (where === "header") {
    const headers = request.headers.map(([key, value]) => [key, key === part ? flipChar(value) : value] as const);
    return { ...request, headers };
  }
  const bytes = Uint8Array.from(bodyBytes(request.body));
  bytes[at] = (bytes[at] ?? 0) ^ mask;
  return { ...request, body: bytes };
}

/* ---- hostile requests ---- */

type Corruption = { readonly part: "header" | "path" | "body" | "method"; readonly at: number; readonly text: string };

const corruption: fc.Arbitrary<Corruption> = fc.record({
  part: fc.constantFrom("header", "path", "body", "method"),
  at: fc.nat(40),
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

/** Replaces the method, or everything from position `at` on in one header, the path or the body, with the text. */
function corrupt(request: HttpRequest, { part, at, text: replacement }: Corruption): HttpRequest {
  if (part === "method") return { ...request, method: replacement };
  if (part === "path") return { ...request, path: request.path.slice(0, at) + replacement };
  if (part === "body")
    return { ...request, body: Buffer.concat([bodyBytes(request.body).subarray(0, at), Buffer.from(replacement)]) };
  const chosen = at % Math.max(1, request.headers.length);
  const headers = request.headers.map(
    ([key, value], i) => [key, i === chosen ? value.slice(0, at) + replacement : value] as const,
  );
  return { ...request, headers };
}
