/** specs/README.md: its tables come from the schemas, each key of a schema is described with an example, and nothing that a spec may name is left out. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { withReference } from "../../../runner/build/spec-reference.ts";
import { families } from "../../../runner/cases/families/index.ts";
import { checks } from "../../../runner/check/checks/index.ts";
import { protocols } from "../../../runner/protocols/index.ts";
import { postconditions } from "../../../runner/run/postconditions/index.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { knownKeys } from "../../../runner/spec/schema/error-text.ts";
import { FILE_KINDS, type FileKind, type JsonSchema, readSchema } from "../../../runner/spec/schema/read-schema.ts";
import { dereferencedSchema } from "../../../runner/spec/schema/validate-file.ts";

const page = readFileSync(join(builtInSpecs(), "README.md"), "utf8");
const [guide = ""] = page.split("\n## Reference\n");

/** Every key of a kind of file, by its path; each schema is complete in itself. */
function keysOf(kind: FileKind): [path: string, schema: JsonSchema][] {
  const visit = (s: JsonSchema, path: string): [string, JsonSchema][] => {
    const keys = Object.entries({ ...(s["properties"] as object), ...(s["patternProperties"] as object) }) as [
      string,
      JsonSchema,
    ][];
    const inner = [s["additionalProperties"], s["items"], ...((s["anyOf"] ?? s["oneOf"] ?? []) as unknown[])];
    return [
      ...keys.flatMap(([key, schema]): [string, JsonSchema][] => [
        [`${path}${key}`, schema],
        ...visit(schema, `${path}${key}.`),
      ]),
      ...inner.flatMap((schema) => (typeof schema === "object" ? visit(schema as JsonSchema, path) : [])),
    ];
  };
  return visit(dereferencedSchema(kind), `${kind}: `);
}

const keys = FILE_KINDS.flatMap(keysOf);

describe("the schemas", () => {
  test("each key has a meaning, in whole sentences", () => {
    expect(keys.length).toBeGreaterThan(400);
    expect(keys.filter(([, s]) => !/^[A-Z].*\.$/s.test(String(s["description"] ?? ""))).map(([path]) => path)).toEqual(
      [],
    );
  });

  test("each key has an example that is valid", () => {
    const ajv = new Ajv2020({ strict: false });
    const invalid = keys.flatMap(([path, s]) => {
      const examples = (s["examples"] ?? []) as unknown[];
      const isValid = ajv.compile(s);
      if (examples.length === 0) return [`${path}: no example`];
      return examples.filter((e) => !isValid(e)).map((e) => `${path}: ${JSON.stringify(e)}`);
    });
    expect(invalid).toEqual([]);
  });

  test("each number states its unit, or what it counts", () => {
    const units = /seconds|bytes|characters|HTTP status|[Nn]umber|calls that change state/i;
    const isNumber = (s: JsonSchema) => s["type"] === "integer" || s["type"] === "number";
    const numbers = keys.filter(([, s]) => isNumber(s) || isNumber((s["items"] ?? {}) as JsonSchema));
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers.filter(([, s]) => !units.test(String(s["description"]))).map(([path]) => path)).toEqual([]);
  });
});

describe("specs/README.md", () => {
  test("its reference belongs to the schemas; `npm run reference` writes it", () => {
    expect(withReference(page) === page, "run `npm run reference`").toBe(true);
  });

  test("a page without the two marks is refused", () => {
    expect(() => withReference("# The spec language\n")).toThrow(/lacks <!-- reference/);
  });

  test("it describes each breach, family, cause, binding and check", () => {
    const breaches = knownKeys((readSchema("action")["$defs"] as Record<string, JsonSchema>)["refusals"]);
    const causes = (readSchema("action")["$defs"] as Record<string, JsonSchema>)["cause"]?.["enum"] as string[];
    const names = [
      ...breaches,
      ...causes,
      ...protocols.flatMap((p) => p.bindings),
      ...[...checks, ...postconditions].map((c) => c.id),
    ];
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
    expect(families.filter(({ id }) => !guide.includes(`\n| ${id} | `)).map(({ id }) => id)).toEqual([]);
  });

  test("its links lead to files and headings that exist", () => {
    const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    );
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(50);
    expect(
      links.filter((link) =>
        link.startsWith("#") ? !headings.includes(link.slice(1)) : !existsSync(join(builtInSpecs(), link)),
      ),
    ).toEqual([]);
  });
});
