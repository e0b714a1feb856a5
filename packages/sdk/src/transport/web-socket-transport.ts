/** Connections over WebSockets. */
import { DimError } from 'dimp';
import type { Connection, ConnectOptions, StationAddress, Transport } from '../ports/connection.ts';
import { attempt } from './attempt.ts';
import { readConnectionLimits, type ConnectionLimits } from './connection-limits.ts';
import { stationUrl } from './station-url.ts';
import { WebSocketConnection } from './web-socket-connection.ts';
import { socketFailure, type WebSocketClass, type WebSocketExtras, type WebSocketLike } from './web-socket.ts';

/** How WebSockets are made. */
export interface WebSocketTransportOptions {
  /** The class to make them of; that of the platform, if not given. */
  readonly WebSocket?: WebSocketClass | undefined;
  /** The defaults for those that are not given. */
  readonly limits?: Partial<ConnectionLimits> | undefined;
}

/**
 * Connects over WebSockets, as browsers and mobile clients do: `wss` where the address says `secure`, else `ws`.
 *
 * Stations acknowledge nothing in this framing: a `send` is done when the station has answered a `PING` that was sent after
 * it. A browser cannot stop reading: a connection that brings far more than is read ends, with `INPUT_LIMIT`.
 *
 * @example
 * ```ts
 * import { silentLogger, systemClock, webSocketTransport } from 'dimsdk';
 *
 * const transport = webSocketTransport();
 * const connection = await transport.connect(
 *   { host: 'station.example', port: 9394, secure: true },
 *   { clock: systemClock, logger: silentLogger, signal: AbortSignal.timeout(30_000) },
 * );
 * ```
 * @throws DimError `USAGE_ARGUMENT` for limits that are none
 */
export function webSocketTransport(options: WebSocketTransportOptions = {}): Transport {
  const limits = readConnectionLimits(options.limits);
  return {
    connect: async (address, connectOptions) => {
      const WebSocketOfPlatform = options.WebSocket ?? platformWebSocket();
      return connectWebSocket((url) => new WebSocketOfPlatform(url), limits, address, connectOptions);
    },
  };
}

function platformWebSocket(): WebSocketClass {
  const { WebSocket: found } = globalThis as { readonly WebSocket?: WebSocketClass };
  if (found !== undefined) return found;
  throw new DimError('USAGE_ARGUMENT', 'this platform has no WebSocket: pass one, or use dimsdk/node', {
    path: 'WebSocket',
  });
}

/** Makes a WebSocket, and a connection of it once it is open. */
export async function connectWebSocket(
  create: (url: string) => WebSocketLike,
  limits: ConnectionLimits,
  address: StationAddress,
  options: ConnectOptions,
): Promise<Connection> {
  const url = stationUrl(address.secure === true ? 'wss' : 'ws', address);
  return attempt(url, options, ({ succeed, fail, onGiveUp }) => {
    // All that can be listened to has these, and types of its own for them.
    const socket = create(url) as WebSocketLike & WebSocketExtras;
    socket.binaryType = 'arraybuffer';
    // What comes right behind the answer to the handshake must find somebody who listens.
    socket.addEventListener('open', () =>
      succeed(new WebSocketConnection(socket, { name: url, clock: options.clock, limits })),
    );
    socket.addEventListener('error', ({ error }) => fail(socketFailure(error)));
    socket.addEventListener('close', ({ code }) => fail(new Error(`closed with code ${String(code)}`)));
    onGiveUp(() => (socket.terminate === undefined ? socket.close() : socket.terminate()));
  });
}
