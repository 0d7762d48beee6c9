/** The seconds that a time may be off → calls signed one second within and one beyond, in the past and in the future. */
import type { Action } from "../../model.ts";
import type { FrontBreach } from "../../spec/front.ts";
import type { Draft } from "../draft.ts";
import { doorDraft } from "./door.ts";

export function* windowDrafts(action: Action, b: FrontBreach): Iterable<Draft> {
  const window = Number(b.value);
  for (const [side, sign] of [
    ["old", -1],
    ["ahead", 1],
  ] as const) {
    const of = (seconds: number) => ({
      place: "window",
      slug: `${seconds}-seconds-${side}`,
      what: `a time that is ${seconds} seconds ${side}`,
      change: { signing: { shift: sign * seconds } },
    });
    yield doorDraft(action, b, { ...of(window - 1), accepted: true });
    yield doorDraft(action, b, of(window + 1));
  }
}
