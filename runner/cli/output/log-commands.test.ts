/** The commands of Azure Pipelines and TeamCity in what is printed: broken there, unchanged elsewhere. */
import { expect, test } from "vitest";
import { breakLogCommands } from "./log-commands.ts";

function print(environment: NodeJS.ProcessEnv, ...chunks: string[]): string {
  let text = "";
  const stream = {
    write: (chunk: string | Uint8Array) => {
      text += chunk;
      return true;
    },
  };
  breakLogCommands(environment, [stream]);
  for (const chunk of chunks) stream.write(chunk);
  return text;
}

const azure = { TF_BUILD: "True" };
const teamCity = { TEAMCITY_VERSION: "2026.1" };
const hostile =
  "no ##vso[task.complete result=Succeeded;] ##[error]x ##VSO[a] ##teamcity[testFailed name='x'] ### [a](#b)\n";

test.each([
  ["Azure Pipelines", azure, ["##vso[", "##[", "##VSO["]],
  ["TeamCity", teamCity, ["##teamcity["]],
])("%s", (_, environment, commands) => {
  const text = print(environment, hostile);
  for (const command of commands) expect(text).not.toContain(command);
  // Nothing else changes.
  expect(text.replaceAll("# #", "##")).toBe(hostile);
});

test("a command that is divided over several writes, at each place", () => {
  for (let at = 1; at < "##vso[".length; at++)
    for (const command of ["##vso[task.complete]", "##[error]"])
      expect(print(azure, `a${command.slice(0, at)}`, command.slice(at))).not.toMatch(/##(vso)?\[/);
  expect(print(azure, ..."##vso[a]")).not.toContain("##vso[");
});

test("other environments change nothing", () => {
  expect(print({ GITHUB_ACTIONS: "true", TF_BUILD: "" }, hostile)).toBe(hostile);
});
