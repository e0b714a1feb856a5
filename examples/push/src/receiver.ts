/** A service that takes the notifications of a station: it makes sure that they are the station's, and hands them on. */
import { createServer, type Server } from 'node:http';
import { SIGNATURE_HEADER, verifyPush, type PushItem } from 'dimstation';

/** More than a station puts into one request. */
const MAX_BODY = 256 * 1024;

/** @param tell is given each notification: here a service would wake the phone of its receiver */
export function pushReceiver(secret: string, tell: (item: PushItem) => void): Server {
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > MAX_BODY) request.destroy();
      else parts.push(part);
    });
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const signature = request.headers[SIGNATURE_HEADER]?.toString();
      if (request.method !== 'POST' || !verifyPush({ signature, body, secret })) {
        response.writeHead(403).end();
        return;
      }
      const { items } = JSON.parse(body.toString('utf8')) as { readonly items: readonly PushItem[] };
      for (const item of items) tell(item);
      response.writeHead(204).end();
    });
  });
}
