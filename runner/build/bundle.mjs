/** The sources of the command line, the public API and the vitest harness, with all dependencies → JavaScript files in one folder. */
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { licensesOf } from "./licenses.mjs";
import { describeOldNode } from "./node-version.mjs";

/** Packages written as CommonJS call `require` for modules of Node, which does not exist in a module. */
const createRequire = `import { createRequire as createBundleRequire } from "node:module"; const require = createBundleRequire(import.meta.url);`;

/** In each file, because the one that is imported first decides: for programs that import the package. */
const checkNode = (wanted) =>
  `{ const problem = (${describeOldNode})(${JSON.stringify(wanted)}, process.version); if (problem) throw new Error(problem); }`;

const undiciClients = {
  name: "undici-clients",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^undici$/ }, () => ({ path: fileURLToPath(new URL("undici-clients.cjs", import.meta.url)) })),
};

/** Writes main.js, cli.js, index.js, vitest.js, prebuild.js and the chunks that they share into `out`. */
export async function bundle(root, out) {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const wanted = engines.node.replace(">=", "");
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: {
      cli: "runner/cli/main.ts",
      index: "runner/api/index.ts",
      vitest: "suites/vitest.ts",
      prebuild: "runner/build/prebuild.ts",
    },
    outdir: out,
    // Chunks lie beside the entry points, so that files are found next to `import.meta.url` from all of them.
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: ["vitest", "vitest/*"],
    plugins: [undiciClients],
    banner: { js: `${createRequire} ${checkNode(wanted)}` },
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
  });
  await bundleLauncher(root, out, wanted);
  writeFileSync(join(out, "THIRD-PARTY-LICENSES.txt"), licensesOf(root, Object.keys(metafile.inputs)));
}

/** Without a static import, so that an old Node.js reads it, too: as a script where it does not know modules. */
async function bundleLauncher(root, out, wanted) {
  const outfile = join(out, "main.js");
  await build({
    absWorkingDir: root,
    entryPoints: ["runner/build/launcher.mjs"],
    outfile,
    bundle: true,
    external: ["./cli.js"],
    format: "esm",
    platform: "node",
    target: "es2015",
    supported: { "dynamic-import": true },
    define: { WANTED_NODE: JSON.stringify(wanted) },
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "warning",
  });
  chmodSync(outfile, 0o755);
}

/** The validators that prebuild.js has written into `out` → the same, with the functions of ajv that they call. */
export async function bundleValidators(root, out) {
  const files = ["spec", "log"].map((group) => join(out, `prebuilt-${group}-validators.cjs`));
  await build({
    absWorkingDir: root,
    entryPoints: files,
    outdir: out,
    outExtension: { ".js": ".cjs" },
    allowOverwrite: true,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20.19",
    logLevel: "warning",
  });
}
