/**
 * The version of Node.js → a sentence where it is too old; else empty. `wanted`: such as `20.19`; `version`: `process.version`. Only
 * syntax of 2015, and no import, because an old Node.js reads this file.
 */
export function describeOldNode(wanted, version) {
  const [wantedMajor, wantedMinor] = wanted.split(".").map(Number);
  const [major, minor] = version.slice(1).split(".").map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return "";
  return `assay needs Node.js ${wanted} or newer; this is ${version}`;
}
