/** `input.MemberList[].Member_Account`, `output.GroupInfo.GroupId` → the value there. */
import type { CallMembers, Json } from "../model/index.ts";

export function resolvePath(path: string, of: { input: CallMembers; output: Json | undefined }): Json | undefined {
  const [root, ...steps] = path.split(".");
  let value: Json | undefined = root === "input" ? of.input : of.output;
  for (const step of steps) {
    const list = step.endsWith("[]");
    const name = list ? step.slice(0, -2) : step;
    value = typeof value === "object" && value !== null && !Array.isArray(value) ? value[name] : undefined;
    if (list) value = Array.isArray(value) ? value[0] : undefined;
  }
  return value;
}

/** No documented id is longer. */
const longest = 1024;

/** The id that an answer tells; anything but a number or a text of a sensible length is none, and is never sent back. */
export function resolveId(path: string, of: { input: CallMembers; output: Json | undefined }): Json | undefined {
  const id = resolvePath(path, of);
  if (!path.startsWith("output.")) return id;
  return typeof id === "number" || (typeof id === "string" && id !== "" && id.length <= longest) ? id : undefined;
}

/** The member of the input that holds the id: `input.MemberList[].Member_Account` → `MemberList`. */
export const idMember = (path: string): string | undefined =>
  path.startsWith("input.") ? path.slice("input.".length).split(".")[0]?.replace("[]", "") : undefined;
