/** Escapes are undone layer by layer, and positions map back to the original text. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { unescapeLayers } from "./unescape.ts";

test.each([
  ["no escape", "a%zz", ["a%zz"]],
  ["JSON", 'a\\"\\u0041\\n', ['a\\"\\u0041\\n', 'a"A\n']],
  ["JSON in JSON", '\\\\\\"\\\\u0041', ['\\\\\\"\\\\u0041', '\\"\\u0041', '"A']],
  ["a query in a query", "%2525%E6%B7%B1", ["%2525%E6%B7%B1", "%25深", "%深"]],
  ["HTML", "&lt;&#65;&#x42;&amp;amp;", ["&lt;&#65;&#x42;&amp;amp;", "<AB&amp;", "<AB&"]],
])("%s", (_, text, layers) => {
  expect(unescapeLayers(text).map((layer) => layer.text)).toEqual(layers);
});

const piece = fc.constantFrom(
  ...["a", "x", "深", "%", "\\", "&", "\\\\", '\\"', "\\n", "\\u0041", "\\\\u0042"],
  ...["%41", "%25", "%2541", "%E6%B7%B1", "%e6%b7", "&amp;", "&quot;", "&#39;"],
);

test("a part of a layer occurs in its span of the original text", () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (pieces, a, b) => {
      const text = pieces.join("");
      for (const [depth, layer] of unescapeLayers(text).entries()) {
        if (layer.text === "") continue;
        const from = a % layer.text.length;
        const to = from + 1 + (b % (layer.text.length - from));
        const [begin, end] = layer.originalSpan(from, to);
        const spanLayers = unescapeLayers(text.slice(begin, end));
        const unescaped = spanLayers[Math.min(depth, spanLayers.length - 1)]?.text;
        expect(unescaped).toContain(layer.text.slice(from, to));
      }
    }),
    { seed: 1, numRuns: 2000 },
  );
});
