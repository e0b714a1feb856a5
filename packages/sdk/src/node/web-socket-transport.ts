/** Connections over WebSockets, on Node: also where it has none of its own. */
import { DimError } from 'dimp';
import type { WebSocket as PackageWebSocket } from 'ws';
import type { Transport } from '../ports/connection.ts';
import { readConnectionLimits, type ConnectionLimits } from '../transport/connection-limits.ts';
import type { WebSocketClass, WebSocketLike } from '../transport/web-socket.ts';
import { connectWebSocket, type WebSocketTransportOptions } from '../transport/web-socket-transport.ts';

/**
 * Connects over WebSockets, with the `WebSocket` of Node 22 and later; on Node 20, with that of the package `ws`, which must be
 * installed. `ws` bounds frames before they are read, and stops reading where nobody reads: pass it, if you want that
 * everywhere.
 *
 * @example
 * ```ts
 * import { silentLogger, systemClock } from 'dimsdk';
 * import { webSocketTransport } from 'dimsdk/node';
 *
 * const connection = await webSocketTransport().connect(
 *   { host: 'station.example', port: 443, secure: true },
 *   { clock: systemClock, logger: silentLogger, signal: AbortSignal.timeout(30_000) },
 * );
 * ```
 * @throws DimError `USAGE_ARGUMENT` for limits that are none, and of `connect` where there is no WebSocket
 */
export function webSocketTransport(options: WebSocketTransportOptions = {}): Transport {
  const limits = readConnectionLimits(options.limits);
  return {
    connect: async (address, connectOptions) => {
      const given = options.WebSocket ?? (globalThis as { readonly WebSocket?: WebSocketClass }).WebSocket;
      const create = given === undefined ? await createOfPackage(limits) : (url: string) => new given(url);
      return connectWebSocket(create, limits, address, connectOptions);
    },
  };
}

async function createOfPackage({ payloadBytes }: ConnectionLimits): Promise<(url: string) => WebSocketLike> {
  const { WebSocket } = await importPackage();
  // Stations compress nothing; and what is small may become large when it is unpacked.
  return (url) => new WebSocket(url, { maxPayload: payloadBytes, perMessageDeflate: false });
}

async function importPackage(): Promise<{ readonly WebSocket: typeof PackageWebSocket }> {
  try {
    return await import('ws');
  } catch (error) {
    const reason = 'this Node has no WebSocket: install the package ws, or pass one';
    throw new DimError('USAGE_ARGUMENT', reason, { path: 'WebSocket', cause: error });
  }
}
