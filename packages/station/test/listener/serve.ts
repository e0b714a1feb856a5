/** Listeners on loopback, and raw clients of them. */
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { TestClock } from 'dimtestkit/network';
import { listen, type Link, type LinkEnd, type Listener, type ListenOptions, type LinkUser } from '../../src/index.ts';

/** A link, and what the station heard of it. */
export interface Served {
  readonly link: Link;
  readonly received: string[];
  readonly ends: LinkEnd[];
  /** Acknowledgements that the user has not given yet, where it gives none by itself. */
  readonly acknowledgements: (() => void)[];
  drained: number;
}

/** A listener whose links are looked at. */
export interface Serving {
  readonly listener: Listener;
  readonly clock: TestClock;
  readonly links: Served[];
  /** Settles once a condition holds. It is asked again after everything that happens to a link. */
  until(condition: () => boolean): Promise<void>;
}

export interface ServeOptions extends Partial<ListenOptions> {
  /** Whether payloads are acknowledged, and sent back. */
  readonly echoes?: boolean;
  readonly acknowledges?: boolean;
  readonly use?: (served: Served) => Partial<LinkUser>;
}

const endings: (() => Promise<void>)[] = [];

/** Closes what was opened. For `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const end of endings.splice(0).toReversed()) await end();
}

const decoder = new TextDecoder();

export async function serve({ echoes, acknowledges = true, use, ...options }: ServeOptions = {}): Promise<Serving> {
  const clock = new TestClock({ start: 1_800_000_000 });
  const links: Served[] = [];
  const watchers: (() => void)[] = [];
  const changed = (): void => {
    for (const watcher of watchers.splice(0)) watcher();
  };
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    clock,
    accept: (link) => {
      // What is tested here is what users may do; before a login less comes.
      link.loggedIn?.('somebody');
      const served: Served = { link, received: [], ends: [], acknowledgements: [], drained: 0 };
      links.push(served);
      const user: LinkUser = {
        receive: (bytes, acknowledge) => {
          served.received.push(decoder.decode(bytes));
          if (acknowledges) acknowledge();
          else served.acknowledgements.push(acknowledge);
          if (echoes === true) link.send({ bytes, signature: signatureOf(bytes) });
          changed();
        },
        drained: () => {
          served.drained += 1;
          changed();
        },
        ended: (end) => {
          served.ends.push(end);
          changed();
        },
      };
      queueMicrotask(changed);
      return { ...user, ...use?.(served) };
    },
    ...options,
  });
  endings.push(async () => {
    const closed = listener.close({ graceSeconds: 0 });
    await closed;
  });
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise<void>((resolve) => watchers.push(resolve));
  };
  return { listener, clock, links, until };
}

/** The signature that the JSON of a message has. */
export function signatureOf(bytes: Uint8Array): string {
  try {
    return String((JSON.parse(decoder.decode(bytes)) as { readonly signature?: unknown }).signature);
  } catch {
    return '';
  }
}

/** A client of bytes. */
export class RawClient {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #received = Buffer.alloc(0);
  #watchers: (() => void)[] = [];
  isClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#changed();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.isClosed = true;
        this.#changed();
        resolve();
      });
    });
    endings.push(async () => void socket.destroy());
  }

  static async open({ listener }: Pick<Serving, 'listener'>): Promise<RawClient> {
    const socket = connect({ host: '127.0.0.1', port: listener.port });
    socket.setNoDelay(true);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new RawClient(socket);
  }

  static async openTls({ listener }: Pick<Serving, 'listener'>): Promise<RawClient> {
    const socket = connectTls({ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.once('error', reject);
    });
    return new RawClient(socket);
  }

  get received(): Buffer {
    return this.#received;
  }

  /** Writes. @returns once the network has it */
  async write(bytes: Uint8Array | string): Promise<void> {
    await new Promise<void>((resolve) => this.socket.write(bytes, () => resolve()));
  }

  /** Each byte in a segment of its own, as far as the system has it so. */
  async writeSlowly(bytes: Uint8Array): Promise<void> {
    for (let index = 0; index < bytes.length; index += 1) {
      await this.write(bytes.subarray(index, index + 1));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  /** The next bytes; what there is, where the connection ends before. */
  async take(length: number): Promise<Buffer> {
    await this.until((received) => received.length >= length);
    const taken = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return taken;
  }

  async until(condition: (received: Buffer) => boolean): Promise<void> {
    while (!condition(this.#received) && !this.isClosed)
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  #changed(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}
