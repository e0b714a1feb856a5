/** Where a station is, as people write it. */
import type { StationAddress } from 'dimsdk';
import { wrong } from '../command/wrong.ts';
import { printable } from '../text/printable.ts';

/** How to connect, and where to. */
export interface StationPlace {
  readonly by: 'tcp' | 'websocket';
  readonly address: StationAddress;
}

/** The port of deployed stations. */
export const STATION_PORT = 9394;

const SCHEMES: Readonly<
  Record<string, { readonly by: StationPlace['by']; readonly secure: boolean; readonly port: number }>
> = {
  'tcp:': { by: 'tcp', secure: false, port: STATION_PORT },
  'tls:': { by: 'tcp', secure: true, port: STATION_PORT },
  'ws:': { by: 'websocket', secure: false, port: 80 },
  'wss:': { by: 'websocket', secure: true, port: 443 },
};

/**
 * Reads `host`, `host:port`, `[::1]:port`, and the same behind `tcp://`, `tls://`, `ws://` or `wss://`.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function readStationPlace(text: string): StationPlace {
  const url = urlOf(text.includes('://') ? text : `tcp://${text}`);
  const scheme = url && SCHEMES[url.protocol];
  if (url === undefined || scheme === undefined || url.hostname === '' || url.username !== '' || url.password !== '')
    throw wrong(`a station must be host, host:port, or a URL with tcp, tls, ws or wss, not ${printable(text)}`);
  const path = url.pathname + url.search;
  if (scheme.by === 'tcp' && path !== '' && path !== '/')
    throw wrong(`a station by ${url.protocol.slice(0, -1)} has no path: ${printable(text)}`);
  const port = url.port === '' ? scheme.port : Number(url.port);
  if (port === 0) throw wrong(`a station must have a port: ${printable(text)}`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const hasPath = scheme.by === 'websocket' && path !== '/';
  return { by: scheme.by, address: { host, port, secure: scheme.secure, ...(hasPath && { path }) } };
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
