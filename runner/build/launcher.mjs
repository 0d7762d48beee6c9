/** The file `dist/main.js`: starts the command line in `dist/cli.js`, unless Node.js is too old to read that. */
import { describeOldNode } from "./node-version.mjs";

const problem = describeOldNode(WANTED_NODE, process.version);
if (problem === "") void import("./cli.js");
else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
