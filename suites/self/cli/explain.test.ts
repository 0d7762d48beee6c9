/** `assay explain --send`: which calls it prints. */
import { expect, test } from "vitest";
import { command } from "./run-in-process.ts";

const id = "tencent/iai/DeletePersonFromGroup/valid/call/minimal@tc3-post";

interface SentCase {
  readonly verdict: { readonly status: string; readonly exchanges: readonly SentCall[] };
  readonly calls?: readonly SentCall[];
}

interface SentCall {
  readonly role: string;
  readonly action: string;
}

const send = async (...options: readonly string[]): Promise<SentCase> => {
  const { lines } = await command(["explain", id, "--send", "--format", "json", ...options]);
  return JSON.parse(lines.join("\n"));
};

const rolesOf = (calls: readonly SentCall[] = []): string[] =>
  calls.map(({ role, action }) => `${role} ${action.split("/").at(-1)}`);

test("without --all-calls: the judged call", async () => {
  const { verdict, calls } = await send();
  expect(rolesOf(verdict.exchanges)).toEqual(["judged DeletePersonFromGroup"]);
  expect(calls).toBeUndefined();
});

test("with --all-calls: also set-up, the probes that wait for it, and clean-up, in the order in which they were sent", async () => {
  const { verdict, calls } = await send("--all-calls");
  expect(verdict.status).toBe("passed");
  const roles = rolesOf(calls);
  for (const role of ["setup CreateGroup", "setup CreatePerson", "judged DeletePersonFromGroup", "cleanup DeleteGroup"])
    expect(roles).toContain(role);
  expect(roles.indexOf("setup CreatePerson")).toBeLessThan(roles.indexOf("judged DeletePersonFromGroup"));
  expect(roles.at(-1)).toBe("cleanup DeleteGroup");
});

test("--all-calls requires --send", async () => {
  const { code, err } = await command(["explain", id, "--all-calls"]);
  expect([code, err]).toEqual([2, expect.stringContaining("--all-calls requires --send")]);
});
