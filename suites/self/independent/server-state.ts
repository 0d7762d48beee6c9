/** What the server holds, from the start and by the calls that it accepted. */
import type { Credentials } from "../../../runner/model/index.ts";
import type { CollectionsState } from "./aws-rekognition.ts";
import type { PersonGroupsState } from "./tencent-iai.ts";
import type { ChatState } from "./tencent-im.ts";
import type { OrganizationState } from "./tencent-organization.ts";

export interface ServerConfiguration {
  readonly keys: { readonly tencent: Credentials; readonly im: Credentials; readonly aws: Credentials };
  readonly accounts: { readonly tencent: string; readonly aws: string };
  readonly region: string;
  /** Resources that exist from the start. */
  readonly provided: { readonly zone: string; readonly synchronizedGroup: string; readonly broadcastGroup: string };
}

export interface IndependentState {
  readonly iai: PersonGroupsState;
  readonly organization: OrganizationState;
  readonly im: ChatState;
  readonly rekognition: CollectionsState;
}

/** The number of resources that were created and not deleted. */
export const countResources = ({ iai, organization, im, rekognition }: IndependentState): number =>
  iai.groups.size +
  iai.persons.size +
  organization.groups.size +
  organization.users.size +
  im.accounts.size +
  im.groups.size +
  rekognition.collections.size;

export function initialState({ keys, accounts, region, provided }: ServerConfiguration): IndependentState {
  const { zone, synchronizedGroup: id, broadcastGroup } = provided;
  const created = "2024-01-01 12:12:12";
  const synchronized = { id, name: "synchronized", description: "", type: "Synchronized", created, members: new Map() };
  const broadcast = { type: "BChatRoom", name: "broadcast", owner: undefined, members: new Set<string>() };
  return {
    iai: { groups: new Map(), persons: new Map() },
    organization: { zone, groups: new Map([[id, synchronized]]), users: new Map() },
    im: { administrator: keys.im.id, accounts: new Set(), groups: new Map([[broadcastGroup, broadcast]]) },
    rekognition: { account: accounts.aws, region, collections: new Map(), tokens: new Map() },
  };
}
