/** A path such as `input.MemberList[].Member_Account` or `output.GroupInfo.GroupId` → the value in a call's input or output. */
import type { CallMembers, Json } from "../model/index.ts";

/** `[]` after a name means the first item of the list. */
export function resolvePath(path: string, call: { input: CallMembers; output: Json | undefined }): Json | undefined {
  const [root, ...steps] = path.split(".");
  let value: Json | undefined = root === "input" ? call.input : call.output;
  for (const step of steps) {
    const isList = step.endsWith("[]");
    const name = isList ? step.slice(0, -2) : step;
    value = typeof value === "object" && value !== null && !Array.isArray(value) ? value[name] : undefined;
    if (isList) value = Array.isArray(value) ? value[0] : undefined;
  }
  return value;
}

/** In UTF-16 units. Documented ids are shorter. */
const MAX_ID_LENGTH = 1024;

/** The id of a resource. An id from the output must be a number or a text of limited length, because it is sent back to the target. */
export function resolveId(path: string, call: { input: CallMembers; output: Json | undefined }): Json | undefined {
  const id = resolvePath(path, call);
  if (!path.startsWith("output.")) return id;
  return typeof id === "number" || (typeof id === "string" && id !== "" && id.length <= MAX_ID_LENGTH) ? id : undefined;
}
