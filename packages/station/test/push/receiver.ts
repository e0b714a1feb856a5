/** A service that takes notifications: over HTTP on this machine, with answers that a test chooses. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushItem } from 'dimstation';

export interface TakenPush {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly id: string;
  readonly items: readonly PushItem[];
}

type Answer = (response: ServerResponse) => void;

export class Receiver {
  readonly all: TakenPush[] = [];
  /** What is answered next; of more requests, 204. */
  readonly answers: Answer[] = [];
  readonly #server: Server;
  #told = 0;
  #wake: () => void = () => undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8');
        const { id, items } = JSON.parse(body) as TakenPush;
        this.all.push({ headers: request.headers, body, id, items });
        const answer = this.answers.shift() ?? ((last) => last.writeHead(204).end());
        answer(response);
        this.#wake();
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/push`;
  }

  /** The next request, which may have come already. */
  async next(): Promise<TakenPush> {
    for (;;) {
      const taken = this.all[this.#told];
      if (taken !== undefined) {
        this.#told += 1;
        return taken;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end('an answer that nobody reads');
