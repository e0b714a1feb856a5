/** What the peer's network does not do. Each of these is tried all the same: one that is no longer true is a failure. */
import type { KnownDifference } from '../known-differences.ts';
import { DIRECTIONS } from '../run.ts';
import type { StationName } from './station-program.ts';

/** The part of the matrix that these rows are. */
export const NETWORK_PART = 'Living network';

/** The part of those that are made by hand: for our station only. */
export const BY_HAND_PART = 'By hand';

const OF_CLIENT: KnownDifference = {
  peers: ['MTP', 'WebSocket'],
  part: NETWORK_PART,
  rows: ['to two devices of a stranger'],
  direction: 'from peer',
  reason:
    'The library `dimples` keeps no visa that is older than another one of its user: of what the station tells of two ' +
    'devices, it encrypts to the one that signed last. Once each device has written to it, it knows both.',
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

/** By the station in the middle. */
export const NETWORK_DIFFERENCES: Readonly<Record<StationName, readonly KnownDifference[]>> = {
  dimples: [OF_CLIENT, OF_STATION, ...UNKNOWN_NAME],
  dimstation: [OF_CLIENT],
};
