/** An edit → the places inside parameters that a valid call need not have: the control has to send them as well. */
import type { Action, MemberEdit, MemberPath } from "../../model/index.ts";
import { pathOf, schemaAtPath } from "../../spec/places/paths.ts";
import { sampleValues } from "../sample-values.ts";
import { valueAtSteps } from "./edits.ts";

const NONE: readonly MemberPath[] = [];

/** Only where the schema declares them. Of an undeclared or removed member, the object in which it is. */
export function absentPlaces(action: Action, edit: MemberEdit | undefined): readonly MemberPath[] {
  if (edit?.op === "several") {
    const all = edit.edits.flatMap((e) => absentPlaces(action, e));
    return all.length === 0 ? NONE : all;
  }
  const paths = edit?.op === "set" ? [edit.at] : edit?.op === "remove" ? edit.at : NONE;
  const absent = paths.flatMap((at) => absentPlace(action, at, edit?.op === "remove") ?? []);
  return absent.length === 0 ? NONE : absent;
}

function absentPlace(action: Action, at: MemberPath, isRemoved: boolean): MemberPath | undefined {
  const { parameter, steps = [] } = at;
  if (steps.length === 0) return undefined;
  const schema = action.parameters.find(({ name }) => name === parameter)?.schema ?? {};
  const isDeclared = schemaAtPath(schema, pathOf(steps)) !== undefined;
  const present = isDeclared && !isRemoved ? steps : steps.slice(0, -1);
  const isAbsent = valueAtSteps(sampleValues(action)[parameter], present) === undefined;
  return present.length > 0 && isAbsent ? { parameter, steps: present } : undefined;
}
