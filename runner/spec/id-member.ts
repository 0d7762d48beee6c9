/** Where a resource has its id -> the parameter of the create call that contains it. */

/** The member of the input that contains the id: `input.MemberList[].Member_Account` → `MemberList`. */
export const idMember = (path: string): string | undefined =>
  path.startsWith("input.") ? path.slice("input.".length).split(".")[0]?.replace("[]", "") : undefined;
