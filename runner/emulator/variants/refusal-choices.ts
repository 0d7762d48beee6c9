/** Variants of refusals: which of several codes and statuses, in which order of parameters, and whether to refuse at all. */
import type { Json } from "../../model/index.ts";
import { findErrorCode } from "../../spec/error-codes.ts";
import { idMember } from "../../spec/id-member.ts";
import type { EmulatorState } from "../emulator-state.ts";
import { editJson } from "../faults/fault.ts";
import { throttleCode } from "../pipeline/rate-limit.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import { codePointLength } from "../text-length.ts";
import type { Variant } from "./variant.ts";

const hasSurrogates = (value: Json | undefined): boolean =>
  typeof value === "string" && value.length > codePointLength(value);

/** By action, parameter and name in small letters: the name as it was sent first. Deletions do not matter: a run uses a name once. */
const namesInUse = new WeakMap<EmulatorState, Map<string, Json>>();

/** The ids of all calls that create something which lies in nothing else. */
const usedIds = new WeakMap<EmulatorState, Set<string>>();

/** The calls that were not refused so far, and those that were. */
const busyCalls = new WeakMap<EmulatorState, { count: number; readonly refused: Set<string> }>();

const CALLS_PER_BUSY_ONE = 5;

/** A code of another breach for which a server may take this one; undefined where there is none. */
function codeOfOtherBreach(
  refusal: EmulatorRefusal,
  { action, emulator, received }: RequestContext,
): string | undefined {
  const { stage, parameter, breach, value } = refusal;
  // Found by its version, the other service has no such action.
  if (stage === "action and version" && parameter === "Version")
    return emulator.services.some(({ version }) => version === value) ? "InvalidAction" : undefined;
  // In a query or form, the name of a list has an index; without one it is the name of no parameter.
  const isList = action?.parameters.find(({ name }) => name === parameter)?.schema.type === "array";
  return isList && breach === "type" && received?.flat !== undefined && typeof value === "string"
    ? "UnknownParameter"
    : undefined;
}

export const refusalChoiceVariants: readonly Variant[] = [
  {
    id: "last-code",
    description: "Refuses with the last of the accepted codes, where the reference emulator uses the first.",
    freedoms: ["codes"],
    code: (codes) => codes.at(-1),
    response: (response, context) => {
      const code = context.refusal && codeOfOtherBreach(context.refusal, context);
      return code === undefined
        ? response
        : editJson(response, (body) => {
            ((body["Response"] as Record<string, Json>)["Error"] as Record<string, Json>)["Code"] = code;
          });
    },
  },
  {
    id: "last-status",
    description: "Refuses with the last of the HTTP statuses that a code may have.",
    freedoms: ["status"],
    response: (response, { refusal, action, service }) => {
      if (!refusal) return response;
      const row = action ? findErrorCode(action, refusal.code) : service?.envelope.codes.get(refusal.code);
      return { ...response, status: row?.status.at(-1) ?? response.status };
    },
  },
  {
    id: "open-refused",
    description:
      "Refuses what the documents neither accept nor forbid: undeclared members, values in conflict, optional nulls, ids of deleted groups.",
    freedoms: ["may", "conflict", "null"],
    refusesUndocumented: () => true,
    extraRefusal: ({ action, members, emulator }) => {
      const name = action?.creates?.containers.length === 0 ? idMember(action.creates.id) : undefined;
      const [code] = action?.parameters.find((p) => p.name === name)?.refusals.get("unique")?.codes ?? [];
      if (code === undefined || typeof members[name ?? ""] !== "string") return undefined;
      const key = `${action?.id} ${members[name ?? ""]}`;
      const used = usedIds.get(emulator) ?? new Set();
      usedIds.set(emulator, used);
      return used.size === used.add(key).size ? code : undefined;
    },
  },
  {
    id: "busy-at-times",
    description: "Refuses every fifth valid call once with the code for too many calls.",
    freedoms: ["busy"],
    extraRefusal: ({ action, members, emulator }) => {
      const calls = busyCalls.get(emulator) ?? { count: 0, refused: new Set() };
      busyCalls.set(emulator, calls);
      const key = `${action?.id} ${JSON.stringify(members)}`;
      if (!action || calls.refused.has(key) || ++calls.count % CALLS_PER_BUSY_ONE !== 0) return undefined;
      calls.refused.add(key);
      return throttleCode(action);
    },
  },
  {
    id: "utf16-lengths",
    description: "Counts a character outside the Basic Multilingual Plane as two where a limit is in characters.",
    freedoms: ["lengthUnit"],
    refusesUndocumented: ({ breach, value }) => breach === "maxLength" && hasSurrogates(value),
  },
  {
    id: "last-parameter-first",
    description: "Checks parameters from the last to the first.",
    freedoms: ["order"],
    reverseParameterOrder: true,
  },
  {
    id: "names-without-case",
    description: "Takes two unique names that differ only in the case of letters for the same.",
    freedoms: ["names/case"],
    extraRefusal: ({ action, members, emulator }) => {
      const names = namesInUse.get(emulator) ?? new Map<string, Json>();
      namesInUse.set(emulator, names);
      for (const { name, refusals } of action?.parameters ?? []) {
        const [code] = refusals.get("unique")?.codes ?? [];
        const value = members[name];
        if (code === undefined || typeof value !== "string") continue;
        const key = `${action?.id} ${name} ${value.toLowerCase()}`;
        if ((names.get(key) ?? value) !== value) return code;
        names.set(key, value);
      }
      return undefined;
    },
  },
];
