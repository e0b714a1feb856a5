/** Whom exchanges are made with, by the names that the command line has for them. */
import type { NetworkName } from './network/station-program.ts';

/** Those with an adapter. */
export const ADAPTER_NAMES = ['python', 'python-sdk', 'python-2.4.3', 'python-2.4.1', 'java'] as const;

export type AdapterName = (typeof ADAPTER_NAMES)[number];

/** Those that are a whole network. */
export const NETWORKS = {
  network: 'dimples',
  station: 'dimstation',
  bridge: 'bridge',
  page: 'page',
} as const satisfies Readonly<Record<string, NetworkName>>;

export type NetworkPeerName = keyof typeof NETWORKS;

export const NETWORK_PEER_NAMES = Object.keys(NETWORKS) as readonly NetworkPeerName[];

export type PeerName = AdapterName | NetworkPeerName;

export const PEER_NAMES: readonly PeerName[] = [...ADAPTER_NAMES, ...NETWORK_PEER_NAMES];
