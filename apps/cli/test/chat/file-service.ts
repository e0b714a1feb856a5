/** A file service on loopback, as small as it can be. It sees ciphertext only. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that runs: where to upload, and what ends it. */
export async function startFileService(): Promise<{ readonly upload: string; end(): Promise<void> }> {
  const files = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      const file = files.get(request.url ?? '');
      response.writeHead(file === undefined ? 404 : 200).end(file);
      return;
    }
    void readFile(request).then((file) => {
      const path = `/download/${files.size}`;
      files.set(path, file);
      response.writeHead(200, { 'Content-Type': 'application/json' });
      return response.end(JSON.stringify({ code: 200, url: `${origin()}${path}` }));
    });
  });
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    upload: `${origin()}/upload/{ID}/file`,
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function readFile(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const headers = { 'Content-Type': request.headers['content-type'] ?? '' };
  const file = (await new Response(Buffer.concat(parts), { headers }).formData()).get('file');
  if (!(file instanceof Blob)) throw new Error('no form with a file');
  return Buffer.from(await file.arrayBuffer());
}
