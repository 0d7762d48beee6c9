/** A parameter → the places of its value that have rules: its own value, the items of its list, and those inside that the spec lists. */
import type { Parameter, Place } from "../../model/index.ts";
import { itemSchema } from "../rules.ts";

/** Read for each template. */
const cache = new WeakMap<Parameter, readonly Place[]>();

export function placesOf(p: Parameter): readonly Place[] {
  const places = cache.get(p) ?? [...directPlaces(p), ...p.places];
  cache.set(p, places);
  return places;
}

function directPlaces(p: Parameter): Place[] {
  const { name, required, schema, refusals, itemRefusals, positiveValues, source } = p;
  const items = itemSchema(p);
  const conflicts = (inItems: boolean) => p.conflicts.filter((c) => c.constraint.startsWith("items.") === inItems);
  return [
    {
      path: "",
      name,
      required,
      schema,
      refusals,
      conflicts: conflicts(false),
      ...(positiveValues && { positiveValues }),
      source,
    },
    ...(items === undefined
      ? []
      : [
          {
            path: "[]",
            name: placeName(name, "[]"),
            required: false,
            schema: items,
            refusals: itemRefusals,
            conflicts: conflicts(true),
            source,
          },
        ]),
  ];
}

/** `Tags[].Key`; the items of a parameter are `Tags.items`. */
export const placeName = (parameter: string, path: string): string => `${parameter}${path === "[]" ? ".items" : path}`;

/** The schema keyword of a conflict, which is behind `items.` for the items of a list. */
export const conflictKeyword = ({ constraint }: { readonly constraint: string }): string =>
  constraint.replace(/^items\./, "");

/** Where a parameter of an action's file has the refusals of a place. */
export const refusalsPath = (path: string): readonly string[] => {
  if (path === "[]") return ["refusals", "items"];
  return path === "" ? ["refusals"] : ["places", path, "refusals"];
};
