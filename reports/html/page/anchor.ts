/** What is to be shown → the fragment of an address. Without scripts it is also the id of the first such case. */
import type { Status } from "../../../runner/model/index.ts";
import { oneLine } from "../../text/visible-text.ts";
import { type Html, html } from "./markup.ts";

export interface Filter {
  readonly action?: string;
  readonly family?: string;
  readonly status?: Status;
}

/** `action=tencent/iai/CreateGroup&family=boundary`: the form in which the page keeps its filters. */
export const filterFragment = ({ action, family, status }: Filter): string =>
  [
    ...(action === undefined ? [] : [`action=${part(action)}`]),
    ...(family === undefined ? [] : [`family=${part(family)}`]),
    ...(status === undefined ? [] : [`status=${status}`]),
  ].join("&");

/** Ids of ours hold no more than letters, digits and slashes; a log of somebody's may. */
const part = (text: string): string => encodeURIComponent(oneLine(text)).replaceAll("%2F", "/");

/** Marks of a case, with the id of each fragment that the page links to and whose first case it is. */
export type AnchorFactory = (action: string, family: string, statuses: readonly Status[]) => Html[];

export function createAnchors(): AnchorFactory {
  const told = new Set<string>();
  return (action, family, statuses) =>
    [{ action, family }, { family }, ...statuses.map((status) => ({ status }))].flatMap((one) => {
      const id = filterFragment(one);
      if (told.has(id)) return [];
      told.add(id);
      return html`<span id="${id}"></span>`;
    });
}
