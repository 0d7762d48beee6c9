/** The sources of the command line, the public API and the vitest harness, with all dependencies → JavaScript files in one folder. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { licensesOf } from "./licenses.mjs";

/** Packages written as CommonJS call `require` for modules of Node, which does not exist in a module. */
const banner = `import { createRequire as createBundleRequire } from "node:module"; const require = createBundleRequire(import.meta.url);`;

const undiciClients = {
  name: "undici-clients",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^undici$/ }, () => ({ path: fileURLToPath(new URL("undici-clients.cjs", import.meta.url)) })),
};

/** Writes main.js, index.js, vitest.js, prebuild.js and the chunks that they share into `out`. */
export async function bundle(root, out) {
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: {
      main: "runner/cli/main.ts",
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
    banner: { js: banner },
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
  });
  writeFileSync(join(out, "THIRD-PARTY-LICENSES.txt"), licensesOf(root, Object.keys(metafile.inputs)));
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
