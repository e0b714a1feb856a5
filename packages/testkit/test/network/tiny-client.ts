/** A client by hand, for tests of the network: it says what it is told to, and keeps what comes. */
import {
  ArrayContent,
  HandshakeCommand,
  MemoryStore,
  type Content,
  type Dim,
  type ID,
  type Messenger,
  type PackOptions,
  type ReliableMessage,
  type UnpackedMessage,
  type User,
} from 'dimp';
import { silentLogger, type Connection, type IncomingPayload } from 'dimsdk';
import { TestClock, type TestNetwork } from '../../src/network/index.ts';

/** Something that came. */
export interface Arrived {
  readonly content: Content;
  readonly sender: ID;
  readonly payload: IncomingPayload;
  readonly unpacked: UnpackedMessage<Content>;
}

export interface TinyClientOptions {
  readonly dim: Dim;
  readonly network: TestNetwork;
  readonly user: User;
  readonly terminal?: string | undefined;
  /** Whether what comes is acknowledged at once. */
  readonly acknowledges?: boolean;
}

export class TinyClient {
  readonly id: ID;
  readonly user: User;
  readonly store = new MemoryStore();
  readonly arrived: Arrived[] = [];
  acknowledges: boolean;
  session: string | undefined;
  connection: Connection | undefined;
  /** The last attempt to connect. */
  connected: Promise<Connection> | undefined;
  readonly #options: TinyClientOptions;
  readonly #messenger: Messenger;
  #changed: (() => void)[] = [];

  constructor(options: TinyClientOptions) {
    const { dim, network, user, terminal } = options;
    this.#options = options;
    this.user = user;
    this.id = terminal === undefined ? user.id : user.id.at(terminal);
    this.acknowledges = options.acknowledges ?? true;
    const clock = (): number => network.clock.now();
    this.#messenger = dim.messenger({ self: this.id, store: this.store, replay: false, clock });
  }

  /** Adds the user to the store; others, whom it is to write to. */
  async know(...others: readonly User[]): Promise<this> {
    const { dim, user } = this.#options;
    await dim.addUser(this.store, user);
    for (const other of others) await dim.addContact(this.store, other);
    return this;
  }

  async connect(signal: AbortSignal = new AbortController().signal): Promise<Connection> {
    const { network } = this.#options;
    const { clock, address, transport } = network;
    const connecting = transport.connect(address, { clock, logger: silentLogger, signal });
    this.connected = connecting;
    const connection = await connecting;
    this.connection = connection;
    void this.#read(connection);
    return connection;
  }

  async #read(connection: Connection): Promise<void> {
    for await (const payload of connection.incoming) {
      const work = this.#take(payload);
      const { clock } = this.#options.network;
      await (clock instanceof TestClock ? clock.during(work) : work);
    }
  }

  async #take(payload: IncomingPayload): Promise<void> {
    const unpacked = await this.#messenger.unpack(payload.bytes);
    for (const content of contentsOf(unpacked.content)) {
      if (content instanceof HandshakeCommand) this.session = content.session;
      this.arrived.push({ content, sender: unpacked.sender, payload, unpacked });
    }
    if (this.acknowledges) payload.acknowledge();
    for (const resolve of this.#changed.splice(0)) resolve();
  }

  async open(message: ReliableMessage): Promise<UnpackedMessage<Content>> {
    return this.#messenger.open(message);
  }

  async pack(content: Content, receiver: ID, options?: PackOptions): Promise<Uint8Array> {
    return this.#messenger.pack(content, receiver, options);
  }

  async send(content: Content, receiver: ID, options?: PackOptions): Promise<Uint8Array> {
    const bytes = await this.pack(content, receiver, options);
    if (this.connection === undefined) throw new Error('the client is not connected');
    await this.connection.send(bytes);
    return bytes;
  }

  /** Connects and logs in. */
  async logIn(): Promise<void> {
    const { dim, network } = this.#options;
    await this.connect();
    const before = this.arrived.length;
    const hello = HandshakeCommand.offer(undefined, { group: dim.ID.parse('stations@everywhere') });
    await this.send(hello, dim.ID.parse('station@anywhere'), { introduce: true });
    await this.until(({ content }) => isHandshake(content, 'DIM?'), before);
    await this.send(HandshakeCommand.offer(this.session), network.station.id);
    await this.until(({ content }) => isHandshake(content, 'DIM!'), before);
  }

  /** The next thing that is so, of what has come and of what comes. */
  async until(is: (arrived: Arrived) => boolean, from = 0): Promise<Arrived> {
    for (;;) {
      const found = this.arrived.slice(from).find(is);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
  }

  /** The texts of the receipts from the station, and the texts of others, as they came. */
  get said(): readonly string[] {
    return this.arrived.map(({ content }) => {
      const words = content.fields['text'] ?? content.fields['title'];
      return typeof words === 'string' ? words : content.kind;
    });
  }
}

function contentsOf(content: Content): readonly Content[] {
  return content instanceof ArrayContent ? content.contents : [content];
}

export function isHandshake(content: Content, title: string): boolean {
  return content instanceof HandshakeCommand && content.title === title;
}
