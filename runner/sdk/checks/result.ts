/** result: a success returns the output of the response, and what is no readable response is an error. */
import { truncateJson } from "../../check/truncate.ts";
import { decodeResponse } from "../../http/decode.ts";
import type { Json, Schema } from "../../model/index.ts";
import { difference, resultName, type SdkCheck, type SdkFinding } from "../sdk-check.ts";

export const result: SdkCheck = {
  id: "result",
  of: "result",
  findings: ({ sdkCase, received, result: returned }) => {
    const { sdkExpects, action } = sdkCase;
    if (returned === undefined) return [];
    if (sdkExpects.result === "error")
      return returned.kind === "ok" ? [difference("result", "an error", "success")] : [];
    if (sdkExpects.result !== "output") return [];
    if (returned.kind !== "ok") return [difference("result", "success", resultName(returned))];
    const response = received.at(-1)?.response;
    if (!response || !("status" in response)) return [];
    const outcome = decodeResponse(response, action.service.envelope);
    if (outcome.kind !== "success") return [];
    return compareValues(action.output, outcome.output ?? {}, returned.output, "");
  },
};

/** Only what the schema declares. Null means absent. Numbers that are no integers may be times, which SDKs have types for. */
function compareValues(schema: Schema, sent: Json, returned: Json | undefined, pointer: string): SdkFinding[] {
  const types = [schema.type].flat();
  if (sent === null || types.includes("number")) return [];
  if (Array.isArray(sent)) {
    // Many SDKs return no list where it is empty.
    if (sent.length === 0 && (returned === undefined || returned === null)) return [];
    const items = (schema as { items?: Schema }).items ?? {};
    if (!Array.isArray(returned) || returned.length !== sent.length)
      return [difference(pointer, `a list of ${sent.length}`, truncateJson(returned ?? "absent"))];
    return sent.flatMap((item, i) => compareValues(items, item, returned[i], `${pointer}/${i}`));
  }
  if (typeof sent === "object") {
    const members = isObject(returned) ? returned : {};
    return Object.entries((schema.properties ?? {}) as Record<string, Schema>).flatMap(([name, member]) =>
      sent[name] === undefined ? [] : compareValues(member, sent[name], members[name], `${pointer}/${name}`),
    );
  }
  return sent === returned ? [] : [difference(pointer, truncateJson(sent), truncateJson(returned ?? "absent"))];
}

const isObject = (value: Json | undefined): value is { [member: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
