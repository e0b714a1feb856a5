/** Where a station listens, checked, as URLs: such addresses come out of lists that others write. */
import { DimError } from 'dimp';
import { typeName } from 'dimp/extend';
import type { StationAddress } from '../ports/connection.ts';

/** Longest name of a host, in the DNS. */
const LONGEST_HOST = 253;
/** Deployed stations must find `HTTP/` among the first 512 bytes that they get. */
const LONGEST_PATH = 400;

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}._-]{0,252}$/u;
const IPV6 = /^[\da-f]*:[\da-f:.]*(?:%[\w.-]+)?$/i;
/** What stands in the path of a URL as it is. */
const PATH = /^\/[\w!$%&'()*+,./:;=?@~-]*$/;

/** What a URL is of. */
export type StationScheme = 'tcp' | 'tls' | 'ws' | 'wss';

/**
 * The URL of an address: `tcp://127.0.0.1:9394`. Only those of WebSockets have a path.
 * @throws DimError `USAGE_ARGUMENT` for an address that is none
 */
export function stationUrl(scheme: StationScheme, { host, port, path = '/' }: StationAddress): string {
  const wrong = (name: string, reason: string): DimError => new DimError('USAGE_ARGUMENT', reason, { path: name });
  if (typeof host !== 'string') throw wrong('host', `must be text, not ${typeName(host)}`);
  const isIpv6 = IPV6.test(host);
  if (host.length > LONGEST_HOST || !(isIpv6 || NAME.test(host)))
    throw wrong('host', 'must be a host name or an IP address');
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw wrong('port', 'must be a whole number, 1 to 65535');
  const origin = `${scheme}://${isIpv6 ? `[${host}]` : host}:${port}`;
  if (scheme === 'tcp' || scheme === 'tls') return origin;
  if (typeof path !== 'string' || path.length > LONGEST_PATH || !PATH.test(path))
    throw wrong('path', `must begin with "/", be in letters of URLs, and have ${LONGEST_PATH} at most`);
  return origin + path;
}
