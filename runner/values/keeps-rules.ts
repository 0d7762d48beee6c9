/** The members of a call → whether they keep the rules over several parameters; and which optional members a call needs for that. */
import type { Action, CallMembers } from "../model/index.ts";
import { satisfies } from "./satisfies.ts";

type RuledAction = Pick<Action, "crossParameterRules">;

/** `except`: the name of a rule that is not considered. */
export const keepsRules = ({ crossParameterRules }: RuledAction, members: CallMembers, except?: string): boolean =>
  crossParameterRules.every(({ name, schema }) => name === except || satisfies(schema, members));

/** More than two members that none of which is required would be a rule that no reader understands. */
const MAX_COMPLETING_MEMBERS = 2;

/** No name, each name alone, and each pair of them: what may complete a call that breaks a rule. */
export function* completions(names: readonly string[], count = MAX_COMPLETING_MEMBERS): Iterable<readonly string[]> {
  yield [];
  for (let size = 1; size <= count; size++) yield* subsets(names, size);
}

function* subsets(names: readonly string[], size: number): Iterable<readonly string[]> {
  if (size === 0) yield [];
  for (const [i, name] of names.entries())
    if (size > 0) for (const others of subsets(names.slice(i + 1), size - 1)) yield [name, ...others];
}

/** The members with the fewest optional ones that the rules demand in addition; unchanged where no two of them suffice. */
export function withFewestMembers(action: RuledAction, members: CallMembers, optional: CallMembers): CallMembers {
  for (const names of completions(Object.keys(optional))) {
    const completed = { ...members, ...pick(optional, names) };
    if (keepsRules(action, completed)) return completed;
  }
  return members;
}

/** The members with as many of the optional ones as the rules allow together, the first ones first. */
export function withOptionalMembers(action: RuledAction, members: CallMembers, optional: CallMembers): CallMembers {
  let kept = withFewestMembers(action, members, optional);
  for (const name of Object.keys(optional)) {
    const more = { ...kept, ...pick(optional, [name]) };
    if (keepsRules(action, more)) kept = more;
  }
  return kept;
}

const pick = (members: CallMembers, names: readonly string[]): CallMembers =>
  Object.fromEntries(names.map((name) => [name, members[name] ?? null]));
