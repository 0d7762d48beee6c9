/** A row of a table → a fault with a name of its own that an operator makes. */
import type { Json } from "../../../model/index.ts";
import type { Fault } from "../fault.ts";
import type { OperatorFault } from "../operators/operator.ts";

/** `of`: the id of the operator's fault. */
export type NamedRow = readonly [id: string, description: string, of: string, changes?: RowChanges];

interface RowChanges extends Partial<Pick<Fault, "action" | "family" | "detects">> {
  /** The code of the refusal. */
  readonly code?: string;
  /** The only values to which the fault applies. */
  readonly when?: (value: Json) => boolean;
  /** The valid values that are refused. */
  readonly refuses?: (value: Json) => boolean;
}

/** Undefined where the specs have no such fault, as those without its action. */
export function namedFault(
  [id, description, of, { code, when, refuses, ...changes } = {}]: NamedRow,
  faultsById: ReadonlyMap<string, OperatorFault>,
): Fault | undefined {
  const original = faultsById.get(of);
  if (!original) return undefined;
  const { operator: _, keyword: __, cases: ___, place, refusalCode, ...fault } = original;
  const { refusal, extraRefusal } = fault;
  const refuseValue: ExtraRefusalHook = (members) =>
    members[place] !== undefined && refuses?.(members[place]) ? refusalCode : undefined;
  return {
    ...fault,
    ...changes,
    id,
    description,
    ...(refusal ? { refusal: withCode(when ? onlyWhen(refusal, when) : refusal, code) } : {}),
    ...(extraRefusal ? { extraRefusal: withExtraCode(refuses ? refuseValue : extraRefusal, code) } : {}),
  };
}

type RefusalHook = NonNullable<Fault["refusal"]>;
type ExtraRefusalHook = NonNullable<Fault["extraRefusal"]>;

/** A refusal without a value follows from one with a value. */
const onlyWhen =
  (hook: RefusalHook, when: (value: Json) => boolean): RefusalHook =>
  (refusal, context) =>
    refusal.value === undefined || when(refusal.value) ? hook(refusal, context) : refusal;

const withCode =
  (hook: RefusalHook, code: string | undefined): RefusalHook =>
  (refusal, context) => {
    const result = hook(refusal, context);
    return code === undefined || !result || result.code === refusal.code ? result : { ...result, code };
  };

const withExtraCode =
  (hook: ExtraRefusalHook, code: string | undefined): ExtraRefusalHook =>
  (members, context) => {
    const result = hook(members, context);
    return result === undefined ? undefined : (code ?? result);
  };
