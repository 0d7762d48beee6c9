/** Filter → URL fragment. Without scripts the fragment works as a link, because it is also the id of the first matching case. */
import type { Status } from "../../../runner/model/index.ts";
import { oneLine } from "../../text/visible-text.ts";
import { type Html, html } from "./markup.ts";

export interface Filter {
  readonly action?: string;
  readonly family?: string;
  readonly status?: Status;
}

/** `action=tencent/iai/CreateGroup&family=boundary`, as the page's script writes it into the address. */
export const filterFragment = ({ action, family, status }: Filter): string =>
  [
    ...(action === undefined ? [] : [`action=${encodePart(action)}`]),
    ...(family === undefined ? [] : [`family=${encodePart(family)}`]),
    ...(status === undefined ? [] : [`status=${status}`]),
  ].join("&");

/** The built-in ids have only letters, digits and slashes; ids of an external log may have other characters. */
const encodePart = (text: string): string => encodeURIComponent(oneLine(text)).replaceAll("%2F", "/");

/** Empty anchor elements for one case: one for each filter fragment of which this is the first case. */
export type AnchorFactory = (action: string, family: string, statuses: readonly Status[]) => Html[];

export function createAnchors(): AnchorFactory {
  const usedIds = new Set<string>();
  return (action, family, statuses) =>
    [{ action, family }, { family }, ...statuses.map((status) => ({ status }))].flatMap((filter) => {
      const id = filterFragment(filter);
      if (usedIds.has(id)) return [];
      usedIds.add(id);
      return html`<span id="${id}"></span>`;
    });
}
