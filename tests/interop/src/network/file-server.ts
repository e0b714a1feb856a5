/**
 * A file service on loopback, as deployed clients use it. It sees ciphertext only.
 *
 * `POST /upload/{ID}/file?md5={MD5}&salt={SALT}&enigma={ENIGMA}`, a multipart form with one part, `file`
 * `GET /files/download/{ID}/{filename}`
 *
 * Beside them it may show a page, at the same origin: a browser lets that one fetch from there, and the page takes files from the folder
 * `files` alone. What everybody can read has no secret, so it uploads without a digest, to `POST /page/{ID}/file`.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const MAX_BYTES = 1 << 20;

/** A file of a page. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Files in memory. */
export class FileServer {
  /** What its clients share, in hex. */
  readonly secret = '00112233445566778899aabbccddeeff';
  readonly #server: Server;
  readonly #files = new Map<string, Buffer>();
  #page: ReadonlyMap<string, PageFile> = new Map();

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<FileServer> {
    const server = new FileServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Where to upload, with names to fill in. */
  get upload(): string {
    return `${this.#url}/upload/{ID}/file?md5={MD5}&salt={SALT}&enigma={ENIGMA}`;
  }

  /** Where a page uploads, once one is shown. */
  get uploadOfPage(): string {
    return `${this.#url}/page/{ID}/file`;
  }

  /** Shows a page, by the paths of its files. @returns where it is */
  show(page: ReadonlyMap<string, PageFile>): string {
    this.#page = page;
    return `${this.#url}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get #url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.#url);
    if (request.method === 'GET') {
      const shown = this.#page.get(pathname);
      if (shown !== undefined) {
        response.writeHead(200, { 'Content-Type': shown.type }).end(shown.bytes);
        return;
      }
      const file = this.#files.get(pathname);
      response.writeHead(file === undefined ? 404 : 200).end(file);
      return;
    }
    // All that is wrong is told in the answer; HTTP itself knows of nothing.
    const answer = await this.#keep(request, pathname, searchParams).catch(() => ({
      code: 400,
      message: 'Bad Request',
    }));
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  }

  async #keep(request: IncomingMessage, path: string, query: URLSearchParams): Promise<object> {
    const [, place, owner] = /^\/(upload|page)\/([^/]+)\/file$/.exec(path) ?? [];
    const isOfPage = place === 'page' && this.#page.size > 0;
    const file = (await readForm(request)).get('file');
    if (owner === undefined || !(file instanceof Blob)) return { code: 400, message: 'Bad Request' };
    const bytes = Buffer.from(await file.arrayBuffer());
    const [secret, salt] = [this.secret, query.get('salt') ?? ''].map((hex) => Buffer.from(hex, 'hex'));
    const digest = md5(md5(bytes), secret ?? '', salt ?? '').toString('hex');
    if (!isOfPage && digest !== query.get('md5')) return { code: 401, message: 'Unauthorized' };
    const filename = `${md5(bytes).toString('hex')}${/\.\w+$/.exec(file.name)?.[0] ?? ''}`;
    const download = `/files/download/${owner}/${filename}`;
    this.#files.set(download, bytes);
    return { code: 200, message: 'OK', filename, url: `${this.#url}${download}` };
  }
}

function md5(...parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

async function readForm(request: IncomingMessage): Promise<FormData> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new Error('too long');
    chunks.push(chunk);
  }
  const headers = { 'Content-Type': request.headers['content-type'] ?? '' };
  return new Response(Buffer.concat(chunks), { headers }).formData();
}
