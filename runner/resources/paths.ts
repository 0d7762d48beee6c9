/** `input.MemberList[].Member_Account`, `output.GroupInfo.GroupId` → the value there. */
import type { Json, Members } from "../model.ts";

export function valueAt(path: string, of: { input: Members; output: Json | undefined }): Json | undefined {
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

/** The member of the input that holds the id: `input.MemberList[].Member_Account` → `MemberList`. */
export const idParameter = (path: string): string | undefined =>
  path.startsWith("input.") ? path.slice("input.".length).split(".")[0]?.replace("[]", "") : undefined;
