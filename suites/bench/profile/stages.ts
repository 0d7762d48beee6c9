/** Where a function is defined → the stage of a run that it belongs to. */

/** The first pattern that matches the address of the script decides. */
const stagesByScript: readonly (readonly [RegExp, string])[] = [
  [/\/node_modules\/undici\//, "transport"],
  [/\/node_modules\/fast-check\//, "fast-check"],
  [/\/node_modules\/ajv\//, "check"],
  [/\/node_modules\/yaml\//, "specs"],
  [/\/node_modules\/(tsx|esbuild)\//, "loading"],
  [/\/node_modules\//, "other packages"],
  [/\/runner\/(cases|values)\//, "planning"],
  [/\/runner\/(protocols|http)\//, "signing"],
  [/\/runner\/transport\//, "transport"],
  [/\/runner\/check\//, "check"],
  [/\/runner\/redaction\//, "redaction"],
  [/\/runner\/resources\//, "ledger and leases"],
  [/\/runner\/run\//, "session"],
  [/\/runner\/log\//, "log"],
  [/\/reports\//, "reports"],
  [/\/runner\/(spec|lint)\//, "specs"],
  [/\/runner\/emulator\//, "emulator"],
  [/\/runner\//, "command line"],
  [/^node:internal\/(modules|process\/esm|vm)/, "loading"],
];

/** Samples without a function: V8 names them. */
const stagesByName: ReadonlyMap<string, string> = new Map([
  ["(garbage collector)", "garbage collection"],
  ["(program)", "native code"],
  ["(idle)", "idle"],
]);

/**
 * Undefined for code that works for its caller: functions of Node, built-in functions such as `JSON.parse`, and compiled schemas.
 * @param url of a script: `file:` with slashes, `node:`, or empty
 */
export const stageOf = (functionName: string, url: string): string | undefined =>
  stagesByName.get(functionName) ?? stagesByScript.find(([pattern]) => pattern.test(url))?.[1];
