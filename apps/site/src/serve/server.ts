/** Serves the finished site as a server of files does: on this machine alone, with addresses that do not end in `.html`. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { BASE, BUILT } from '../project/places.ts';

export interface SiteServer {
  /** With the path of the site, and a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param port any that is free, if not given */
export async function serveSite(port = 0): Promise<SiteServer> {
  const give = sirv(BUILT, { extensions: ['html'] });
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    request.url = url.startsWith(BASE) ? url.slice(BASE.length - 1) : '/404';
    give(request, response, () => void response.writeHead(404).end());
  });
  // A client that takes its time finds its connection open.
  server.keepAliveTimeout = 60_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
