/** What is to be shown → the fragment of an address. Without scripts it is also the id of the first such case. */
import { oneLine } from "../text.ts";

export interface Shown {
  readonly action?: string;
  readonly family?: string;
}

/** `action=tencent/iai/CreateGroup&family=boundary`: the form in which the page keeps its filters. */
export const anchor = ({ action, family }: Shown): string =>
  [
    ...(action === undefined ? [] : [`action=${part(action)}`]),
    ...(family === undefined ? [] : [`family=${part(family)}`]),
  ].join("&");

/** Ids of ours hold no more than letters, digits and slashes; a log of somebody's may. */
const part = (text: string): string => encodeURIComponent(oneLine(text)).replaceAll("%2F", "/");
