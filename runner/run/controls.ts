/** Controls: whether the call without its deviation was accepted, once for each action, binding and shape. */

import { controlOf } from "../cases/control.ts";
import type { Case } from "../model.ts";

export type Control =
  | { readonly kind: "accepted" }
  | { readonly kind: "lacks"; readonly code: string }
  | { readonly kind: "not-accepted"; readonly why: string }
  | { readonly kind: "skipped"; readonly why: string; readonly excused: boolean };

export interface Controls {
  /** A valid case that is its own shape's control: what it comes to serves the others. */
  serve(key: string, action: string, control: Promise<Control>): void;
  of(c: Case): Promise<Control>;
}

/** Actions whose controls are remembered; cases come action by action. */
const most = 64;

export function controls(send: (control: Case) => Promise<Control>): Controls {
  const byAction = new Map<string, Map<string, Promise<Control>>>();
  const mine = (action: string) => {
    let found = byAction.get(action);
    if (!found) {
      found = new Map();
      byAction.set(action, found);
      if (byAction.size > most) byAction.delete(byAction.keys().next().value as string);
    }
    return found;
  };
  return {
    serve: (key, action, control) => void mine(action).set(key, control),
    of(c) {
      const known = mine(c.action.id);
      let found = known.get(c.control);
      if (!found) {
        found = send(controlOf(c));
        known.set(c.control, found);
      }
      return found;
    },
  };
}
