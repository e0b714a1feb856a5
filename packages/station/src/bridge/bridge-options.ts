/** Which stations a bridge connects to, and how. */
import { DimError, EntityType, type ID } from 'dimp';
import { requireArgument } from 'dimp/extend';
import type { PauseOptions, StationAddress, Transport } from 'dimsdk';

/** Another station that this one trusts. */
export interface NeighborAddress extends StationAddress {
  /** Who answers there: nobody else is believed. */
  readonly id: ID;
}

/** How a station is connected to others. */
export interface BridgeOptions {
  /** How connections are made: deployed stations understand MTP over TCP, `tcpTransport` of `dimsdk/node`. */
  readonly transport: Transport;
  /** Stations that are trusted to bring messages of others. To each one connection is kept. */
  readonly neighbors: readonly NeighborAddress[];
  /** Between attempts to connect. */
  readonly pauses?: PauseOptions | undefined;
  /** Messages that may be on their way to one neighbor, without its word that it has them; 4096, if not given. */
  readonly unansweredMessages?: number | undefined;
  /** The same in bytes; 16 MiB, if not given. */
  readonly unansweredBytes?: number | undefined;
  /** Bytes of the largest message that neighbors take; 4 MiB, if not given. A larger one stays here. */
  readonly messageBytes?: number | undefined;
}

/** How much may be on its way to one neighbor. */
export interface BridgeLimits {
  readonly unansweredMessages: number;
  readonly unansweredBytes: number;
  readonly messageBytes: number;
}

const MIB = 1024 * 1024;

const DEFAULTS: BridgeLimits = { unansweredMessages: 4096, unansweredBytes: 16 * MIB, messageBytes: 4 * MIB };

/** Stations that one bridge connects to: far more than there are in the network. */
const MAX_NEIGHBORS = 256;

/** @throws DimError `USAGE_ARGUMENT` for limits that would let nothing through */
export function readBridgeLimits(options: BridgeOptions): BridgeLimits {
  const read = (name: keyof BridgeLimits): number => {
    const value = options[name] ?? DEFAULTS[name];
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new DimError('USAGE_ARGUMENT', 'must be a whole number, 1 or more', { path: `bridge.${name}` });
  };
  return {
    unansweredMessages: read('unansweredMessages'),
    unansweredBytes: read('unansweredBytes'),
    messageBytes: read('messageBytes'),
  };
}

/** @throws DimError `USAGE_ARGUMENT` for neighbors that are none, the station itself, or one of them twice */
export function checkNeighbors({ neighbors, transport }: BridgeOptions, self: ID): void {
  requireArgument(transport, 'bridge.transport');
  const known = new Set([self.entityKey]);
  if (requireArgument(neighbors, 'bridge.neighbors').length > MAX_NEIGHBORS)
    throw new DimError('USAGE_ARGUMENT', `has more than ${MAX_NEIGHBORS}`, { path: 'bridge.neighbors' });
  for (const [index, { id }] of neighbors.entries()) {
    const path = `bridge.neighbors.${index}.id`;
    if (id.type !== EntityType.STATION)
      throw new DimError('USAGE_ARGUMENT', 'must be of the type of stations', { path });
    if (known.has(id.entityKey))
      throw new DimError('USAGE_ARGUMENT', 'is this station, or stands there twice', { path });
    known.add(id.entityKey);
  }
}
