/** A web server for the test pages, on this machine only. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { VECTORS } from '../paths.ts';

const TYPES = new Map([
  ['.js', 'text/javascript'],
  ['.json', 'application/json'],
]);

/** A page with one script. */
function pageOf(script: string): string {
  return `<!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">
<script type="module" src="/${script}.js"></script>`;
}

/** Serves the pages of an application and the vectors while `use` runs; gives it the port. */
export async function withServer<T>(application: string, use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    // Scripts of this server only, no eval: what careful applications demand of their libraries.
    response.setHeader('Content-Security-Policy', "default-src 'self'; img-src data:");
    if (pathname === '/') {
      response.setHeader('Content-Type', 'text/html').end(pageOf(searchParams.get('script') ?? 'page'));
      return;
    }
    const file = pathname.startsWith('/vectors/')
      ? `${VECTORS}/${pathname.slice('/vectors/'.length)}`
      : `${application}/pages${pathname}`;
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', TYPES.get(extname(file)) ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
}
