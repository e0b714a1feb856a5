/** Connections over TCP, in MTP. */
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Transport } from '../ports/connection.ts';
import { attempt } from '../transport/attempt.ts';
import { readConnectionLimits, type ConnectionLimits } from '../transport/connection-limits.ts';
import { MtpConnection } from '../transport/mtp-connection.ts';
import { Transactions } from '../transport/mtp-packet.ts';
import { stationUrl } from '../transport/station-url.ts';
import { TcpStream } from './tcp-stream.ts';

/** How connections over TCP are made. */
export interface TcpTransportOptions {
  /** The defaults for those that are not given. */
  readonly limits?: Partial<ConnectionLimits> | undefined;
  /**
   * Certificates of authorities, in PEM: whom to believe for an address that says `secure`, in place of those that Node
   * knows.
   */
  readonly ca?: string | readonly string[] | undefined;
}

/**
 * Connects over TCP, in MTP, as deployed clients, bots and bridges do; over TLS where the address says `secure`. Certificates
 * are checked.
 *
 * @example
 * ```ts
 * import { silentLogger, systemClock } from 'dimsdk';
 * import { tcpTransport } from 'dimsdk/node';
 *
 * const connection = await tcpTransport().connect(
 *   { host: 'station.example', port: 9394 },
 *   { clock: systemClock, logger: silentLogger, signal: AbortSignal.timeout(30_000) },
 * );
 * ```
 * @throws DimError `USAGE_ARGUMENT` for limits that are none
 */
export function tcpTransport({ limits, ca }: TcpTransportOptions = {}): Transport {
  readConnectionLimits(limits);
  const transactions = new Transactions();
  return {
    connect: async (address, options) => {
      const { host, port, secure = false } = address;
      const name = stationUrl(secure ? 'tls' : 'tcp', address);
      const { clock } = options;
      return attempt(name, options, ({ succeed, fail, onGiveUp }) => {
        // Node would end our side as soon as the other one has ended, whatever is still to be written.
        const target = { host, port, allowHalfOpen: true };
        const socket = secure
          ? connectTls({ ...target, ca: typeof ca === 'string' ? ca : ca?.slice(), servername: isIP(host) ? '' : host })
          : connectTcp(target);
        onGiveUp(() => socket.destroy());
        socket.once(secure ? 'secureConnect' : 'connect', () =>
          succeed(new MtpConnection(new TcpStream(socket, name, clock), { clock, limits, transactions })),
        );
        socket.on('error', fail);
        socket.once('close', () => fail(new Error('the other side closed it')));
      });
    },
  };
}
