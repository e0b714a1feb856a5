/** A file service on the loopback, as deployed ones are, and with their faults. */
import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { parseMultipart } from './multipart.ts';

export const SECRET = '0123456789abcdef0123456789abcdef';

/** What goes wrong with one request. */
export type Fault =
  /** Breaks the connection after some bytes of the answer, or of the upload. */
  | { readonly do: 'cut'; readonly at: number }
  /** Sends no more after some bytes, and waits. */
  | { readonly do: 'stall'; readonly at: number }
  /** Sends a byte now and then: each time the test says `drip`. */
  | { readonly do: 'drip' }
  | { readonly do: 'status'; readonly status: number; readonly body?: string }
  /** Tells another length than it sends. */
  | { readonly do: 'length'; readonly length: number }
  | { readonly do: 'flip'; readonly at: number }
  | { readonly do: 'endless' }
  | { readonly do: 'redirect'; readonly to: string }
  /** Gives the file whole, whatever was asked for. */
  | { readonly do: 'whole' }
  /** Gives another file from now on. */
  | { readonly do: 'replace'; readonly by: Buffer }
  | { readonly do: 'headers'; readonly headers: Readonly<Record<string, string>> };

/** What was asked for. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** Settles when the connection of the request is over with it. */
  readonly closed: Promise<unknown>;
}

export interface FileServerOptions {
  readonly maxSize?: number;
  readonly extensions?: readonly string[];
  /** Whether to tell what the file is, by an ETag. */
  readonly hasVersions?: boolean;
}

export class FileServer {
  readonly files = new Map<string, Buffer>();
  readonly asked: Asked[] = [];
  /** Names of files as clients told them. */
  readonly names: string[] = [];
  /** Taken one by one, by uploads and downloads alike. */
  readonly faults: Fault[] = [];
  readonly events = new EventEmitter();
  readonly #options: FileServerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(options: FileServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(options: FileServerOptions = {}): Promise<FileServer> {
    const server = new FileServer(options);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get uploadUrls(): { readonly file: string; readonly avatar: string } {
    const query = 'md5={MD5}&salt={SALT}&enigma={ENIGMA}';
    return {
      file: `${this.origin}/upload/{ID}/file?${query}`,
      avatar: `${this.origin}/upload/{ID}/avatar?${query}`,
    };
  }

  /** Puts a file there, and gives its URL. */
  put(data: Uint8Array, name = 'file.bin'): string {
    this.files.set(`/download/x/${name}`, Buffer.from(data));
    return `${this.origin}/download/x/${name}`;
  }

  /** How often something was asked for. */
  count(method: string): number {
    return this.asked.filter((asked) => asked.method === method).length;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const { method = '', headers } = request;
    this.asked.push({ method, url, headers, closed: once(response, 'close') });
    this.events.emit('asked', method);
    const fault = this.faults.shift();
    if (fault?.do === 'status') {
      request.resume();
      response.writeHead(fault.status).end(fault.body ?? '');
    } else if (fault?.do === 'redirect') {
      request.resume();
      response.writeHead(302, { location: fault.to }).end();
    } else if (method === 'POST') {
      await this.#upload(request, response, url, fault);
    } else {
      await this.#download(request, response, url, fault);
    }
  }

  async #upload(request: IncomingMessage, response: ServerResponse, url: URL, fault?: Fault): Promise<void> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (fault?.do === 'cut' && size >= fault.at) {
        response.destroy();
        return;
      }
      if (fault?.do === 'stall' && size >= fault.at) {
        this.events.emit('stalled');
        if (!response.closed) await once(response, 'close');
        return;
      }
    }
    const body = Buffer.concat(chunks);
    if (request.headers['content-length'] !== String(size)) throw new Error('the length was not told');
    const answer = this.#store(url, request.headers['content-type'], body);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #store(url: URL, contentType: string | undefined, body: Buffer): object {
    const [, user, purpose] = /^\/upload\/([^/]+)\/(file|avatar)$/.exec(url.pathname) ?? [];
    const parts = parseMultipart(contentType, body);
    const [part] = parts;
    if (user === undefined || part === undefined || parts.length !== 1) return { code: 400, message: 'Bad Request' };
    const [, filename] =
      /^form-data; name="file"; filename="([^"]+)"$/.exec(part.headers['content-disposition'] ?? '') ?? [];
    const md5 = url.searchParams.get('md5');
    const salt = url.searchParams.get('salt');
    if (filename === undefined || md5 === null || salt === null) return { code: 400, message: 'Bad Request' };
    this.names.push(filename);
    const enigma = url.searchParams.get('enigma') ?? '';
    if (!SECRET.startsWith(enigma)) return { code: 403, message: 'Forbidden' };
    const hash = (...pieces: readonly Buffer[]): Buffer => createHash('md5').update(Buffer.concat(pieces)).digest();
    const expected = hash(hash(part.data), Buffer.from(SECRET, 'hex'), Buffer.from(salt, 'hex')).toString('hex');
    if (md5 !== expected || salt.length !== 32) return { code: 401, message: 'Unauthorized' };
    if (part.data.length > (this.#options.maxSize ?? Infinity)) return { code: 403, message: 'Forbidden' };
    if (part.data.length === 0) return { code: 204, message: 'No Content' };
    const [, extension] = /\.([a-z\d]+)$/.exec(filename) ?? [];
    if (extension === undefined) return { code: 417, message: 'Expectation Failed' };
    const { extensions } = this.#options;
    if (extensions !== undefined && !extensions.includes(extension)) return { code: 415, message: 'Unsupported Media' };
    const stored = `${hash(part.data).toString('hex')}.${extension}`;
    const path = `/${purpose === 'avatar' ? 'avatar' : 'download'}/${user}/${stored}`;
    this.files.set(path, part.data);
    return { code: 200, message: 'OK', filename: stored, url: this.origin + path };
  }

  async #download(request: IncomingMessage, response: ServerResponse, url: URL, fault?: Fault): Promise<void> {
    if (fault?.do === 'replace') this.files.set(url.pathname, fault.by);
    const file = this.files.get(url.pathname);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    if (fault?.do === 'endless') return this.#sendForEver(response);
    const from = fault?.do === 'whole' ? 0 : Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const body = Buffer.from(file.subarray(from));
    if (fault?.do === 'flip') body[fault.at] = (body[fault.at] ?? 0) ^ 1;
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': fault?.do === 'length' ? fault.length : body.length,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` } : {}),
      ...(this.#options.hasVersions === false ? {} : { etag: `"${createHash('md5').update(file).digest('hex')}"` }),
      ...(fault?.do === 'headers' ? fault.headers : {}),
    });
    if (fault?.do === 'cut' || fault?.do === 'stall') {
      response.write(body.subarray(0, fault.at), () => {
        if (fault.do === 'cut') request.socket.destroy();
        else this.events.emit('stalled');
      });
    } else if (fault?.do === 'drip') {
      let at = 0;
      response.flushHeaders();
      this.events.on('drip', () => response.write(body.subarray(at, ++at)));
    } else {
      response.end(body);
    }
  }

  async #sendForEver(response: ServerResponse): Promise<void> {
    response.writeHead(200);
    const chunk = Buffer.alloc(64 * 1024);
    const over = new AbortController();
    response.on('close', () => over.abort());
    while (!over.signal.aborted) {
      if (!response.write(chunk)) await once(response, 'drain', over).catch(() => undefined);
    }
  }
}
