/** omitted: leaves a required member out of the output of an action. retyped: returns it as another JSON type. */
import type { Action, Json, Schema } from "../../../model/index.ts";
import { editJson, type Fault } from "../fault.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";

type Output = Record<string, Json>;

export const omitted: Operator = {
  id: "omitted",
  *faultsOf({ actions }) {
    for (const action of actions.values())
      for (const name of action.output.required ?? [])
        yield outputFault(action, "omitted", name, `Omits ${name} from the output.`, (output) => {
          delete output[name];
        });
  },
};

export const retyped: Operator = {
  id: "retyped",
  *faultsOf({ actions }) {
    for (const action of actions.values())
      for (const name of action.output.required ?? []) {
        const schema = (action.output.properties as Record<string, Schema> | undefined)?.[name];
        if (schema?.type === undefined) continue;
        const other = otherTypes[String([schema.type].flat()[0])] ?? "text";
        yield outputFault(action, "retyped", name, `Returns ${name} as ${JSON.stringify(other)}.`, (output) => {
          output[name] = other;
        });
      }
  },
};

/** By declared type: a value of another one. */
const otherTypes: Readonly<Record<string, Json>> = { string: 7, array: {}, object: [] };

const outputFault = (
  action: Action,
  operator: string,
  keyword: string,
  description: string,
  change: (output: Output) => void,
): OperatorFault =>
  operatorFault({
    operator,
    action: action.id,
    place: "output",
    keyword,
    description,
    family: "valid",
    detects: "check:output",
    response: editOutput(action.service.envelope.output, change),
  });

/** Edits the output of a success; `pointer` says where it is in the body. */
const editOutput =
  (pointer: string, change: (output: Output) => void): NonNullable<Fault["response"]> =>
  (response, { refusal }) =>
    refusal || response.body === ""
      ? response
      : editJson(response, (body) => {
          const keys = pointer.split("/").slice(1);
          change(keys.reduce<Output>((value, key) => (value[key] ?? {}) as Output, body));
        });
