/** Starts the build (build-dist.mjs), unless Node.js is too old for it. */
import { readFileSync } from "node:fs";
import { describeOldNode } from "./node-version.mjs";

const { engines } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const problem = describeOldNode(engines.node.replace(">=", ""), process.version);
// Without `await`, which an old Node.js cannot read here.
if (problem === "") void import("./build-dist.mjs");
else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
