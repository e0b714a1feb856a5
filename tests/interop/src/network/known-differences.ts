/** What the peer's network does not do. Each of these is tried all the same: one that is no longer true is a failure. */
import type { KnownDifference } from '../known-differences.ts';
import { DIRECTIONS } from '../run.ts';
import type { NetworkName } from './station-program.ts';

/** The part of the matrix that these rows are. */
export const NETWORK_PART = 'Living network';

/** The part of those that are made by hand: for our station only. */
export const BY_HAND_PART = 'By hand';

/** The part of those between two stations. */
export const BRIDGE_PART = 'Two stations';

/** The part of the chat in a browser. */
export const PAGE_PART = 'Page';

const OF_CLIENT: KnownDifference = {
  peers: ['MTP', 'WebSocket'],
  part: NETWORK_PART,
  rows: ['to two devices of a stranger'],
  direction: 'from peer',
  reason:
    'The library `dimples` keeps no visa that is older than another one of its user, and its station lists the newest first: ' +
    'of two devices, it encrypts to the one that signed last. Once each device has written to it, it knows both.',
};

const OF_STATION: KnownDifference = {
  peers: ['MTP', 'WebSocket'],
  part: NETWORK_PART,
  rows: ['to two devices of a stranger', 'from two devices, and to both'],
  direction: 'to peer',
  reason:
    'Visas of the peer do not sign their terminals, and the station lists the newest first: whoever relabels an old visa could ' +
    'bring it back so, and it is not believed beside a newer one. So the device that signed last is written to.',
};

const UNKNOWN_NAME: readonly KnownDifference[] = DIRECTIONS.map((direction) => ({
  direction,
  peers: ['MTP', 'WebSocket'],
  part: NETWORK_PART,
  rows: ['asked for a name that is unknown'],
  reason: 'The station of `dimples` says nothing where one of the names is unknown.',
}));

const MOVING_ROWS = { part: BRIDGE_PART, rows: ['to somebody who moves here meanwhile'] } as const;

const COMES_BACK: KnownDifference = {
  ...MOVING_ROWS,
  peers: ['octopus', 'dimstation'],
  direction: 'from peer',
  reason:
    'The station of `dimples` takes a message that comes back to it within a minute for one that goes around, and drops it. So a ' +
    'text is lost that it has passed on, and whose receiver comes to it right then.',
};

const COMES_BACK_OVER_BRIDGE: KnownDifference = {
  ...MOVING_ROWS,
  peers: ['octopus'],
  direction: 'to peer',
  reason: 'The bridge of `dimples` passes a message on once in five hours, and drops it when it is to go back.',
};

/** By the network. */
export const NETWORK_DIFFERENCES: Readonly<Record<NetworkName, readonly KnownDifference[]>> = {
  dimples: [OF_CLIENT, OF_STATION, ...UNKNOWN_NAME],
  dimstation: [],
  bridge: [COMES_BACK, COMES_BACK_OVER_BRIDGE],
  page: [],
};
