/** Writes what a start of assay would otherwise compute each time: the values of the built-in specs, and the validators of its JSON Schemas. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import standalone from "ajv/dist/standalone/index.js";
import { loadLintedSpecs } from "../lint/index.ts";
import { lintUsability } from "../lint/unusable-specs.ts";
import { lineSchemaIds, logValidators } from "../log/validate-line.ts";
import { yamlFilesUnder } from "../spec/digest.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { digestOfFolder, PREBUILT_SPECS_FILE, type PrebuiltSpecs, prebuiltValidatorsFile } from "../spec/prebuilt.ts";
import { FILE_KINDS } from "../spec/schema/read-schema.ts";
import { dereferencedSchema, specValidators } from "../spec/schema/validate-file.ts";
import { readYaml } from "../spec/yaml/yaml-file.ts";

const code = { source: true };
/** Its types describe the module as CommonJS, whose `default` is the function. */
const standaloneCode = standalone.default;

/** Source text of a CommonJS module whose exports are the validators of the schemas of specs/schema. */
function specValidatorSource(): string {
  const ajv = specValidators({ code });
  for (const kind of FILE_KINDS) ajv.addSchema(dereferencedSchema(kind), kind);
  return standaloneCode(ajv, Object.fromEntries(FILE_KINDS.map((kind) => [kind, kind])));
}

/** Undefined where the specs have problems: then every start checks them and reports these. */
function prebuiltSpecs(): PrebuiltSpecs | undefined {
  const dir = builtInSpecs();
  const specs = loadLintedSpecs(dir);
  if (specs.problems.length > 0 || lintUsability(specs).length > 0) return undefined;
  const values = Object.fromEntries(
    yamlFilesUnder(dir).map((file) => [file.replaceAll("\\", "/"), readYaml(join(dir, file)).value]),
  );
  return { digest: digestOfFolder(dir), values };
}

const [out = "."] = process.argv.slice(2);
writeFileSync(join(out, prebuiltValidatorsFile("spec")), specValidatorSource());
writeFileSync(join(out, prebuiltValidatorsFile("log")), standaloneCode(logValidators({ code }), lineSchemaIds));
const specs = prebuiltSpecs();
if (specs) writeFileSync(join(out, PREBUILT_SPECS_FILE), JSON.stringify(specs));
