/** Gives a file of a page: whole, packed where the browser unpacks it, or not at all where the browser has it already. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Encoding, PageFile } from './page-files.ts';
import { PERMISSIONS, SAFE_HEADERS } from './page-headers.ts';

/** @param policy what the page may do */
export async function givePage(
  request: IncomingMessage,
  response: ServerResponse,
  file: PageFile,
  policy: string,
): Promise<void> {
  const { encoding, bytes } = await formFor(file, request.headers['accept-encoding']);
  const etag = `"${file.digest}${encoding === undefined ? '' : `-${encoding}`}"`;
  const headers: OutgoingHttpHeaders = {
    ...SAFE_HEADERS,
    'Content-Security-Policy': policy,
    'Permissions-Policy': PERMISSIONS,
    'Cache-Control': file.isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
    Vary: 'Accept-Encoding',
  };
  if (has(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers);
    return void response.end();
  }
  response.writeHead(200, {
    ...headers,
    'Content-Type': file.type,
    'Content-Length': bytes.length,
    ...(encoding !== undefined && { 'Content-Encoding': encoding }),
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

async function formFor(
  file: PageFile,
  accepted: string | undefined,
): Promise<{ readonly encoding: Encoding | undefined; readonly bytes: Buffer }> {
  for (const encoding of ['br', 'gzip'] as const) {
    const packed = accepts(accepted, encoding) ? await file.packed(encoding) : undefined;
    if (packed !== undefined) return { encoding, bytes: packed };
  }
  return { encoding: undefined, bytes: file.bytes };
}

function accepts(header: string | undefined, encoding: Encoding): boolean {
  return (header ?? '').split(',').some((part) => {
    const [name, ...rest] = part.split(';').map((word) => word.trim().toLowerCase());
    return name === encoding && !rest.some((word) => /^q=0(?:\.0{0,3})?$/.test(word));
  });
}

/** Whether a browser has it. A proxy that packs it says so with W/. */
function has(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((part) => part.trim().replace(/^W\//, '') === etag);
}
