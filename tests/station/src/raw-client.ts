/** A client by hand: it says what a test wants said, right or wrong, and shows what the station answers. */
import {
  DimError,
  HandshakeCommand,
  MemoryStore,
  type Content,
  type Dim,
  type ID,
  type JsonMap,
  type Messenger,
  type User,
} from 'dimp';
import { decodeUtf8, encodeUtf8, textOf } from 'dimp/extend';
import type { Connection, IncomingPayload } from 'dimsdk';

/** Something that came, opened. */
export interface Heard {
  readonly content: Content;
  /** As it came. */
  readonly bytes: Uint8Array;
  /** The fields of the message. */
  readonly fields: JsonMap;
}

/** A client by hand. */
export class RawClient {
  readonly dim: Dim;
  readonly user: User;
  readonly store = new MemoryStore();
  readonly messenger: Messenger;
  readonly connection: Connection;
  readonly incoming: AsyncIterator<IncomingPayload>;
  /** The station, once it has answered. */
  station: ID;
  /** The station's word for the connection. */
  session = '';
  /** Whether what comes is acknowledged. */
  acknowledges = true;
  readonly #waiting: Heard[] = [];

  constructor(dim: Dim, user: User, connection: Connection, self = user.id) {
    this.dim = dim;
    this.user = user;
    this.connection = connection;
    this.incoming = connection.incoming[Symbol.asyncIterator]();
    this.messenger = dim.messenger({ self, store: this.store, replay: false });
    this.station = dim.ID.parse('station@anywhere');
  }

  /** Somebody with a connection, who has not said anything. */
  static async open(dim: Dim, user: User, connection: Connection, self = user.id): Promise<RawClient> {
    const client = new RawClient(dim, user, connection, self);
    await dim.addUser(client.store, user);
    return client;
  }

  /** Comes in. */
  async logIn(): Promise<this> {
    await this.greet();
    await this.say(HandshakeCommand.offer(this.session, { station: this.station }), this.station);
    await this.hear('handshake');
    return this;
  }

  /** The first step of a handshake: the station's word for the connection is known then. */
  async greet(): Promise<void> {
    const group = this.dim.ID.parse('stations@everywhere');
    await this.say(HandshakeCommand.offer(undefined, { group }), this.station, true);
    const { content, fields } = await this.hear('handshake');
    const { session } = content.fields;
    this.session = typeof session === 'string' ? session : '';
    this.station = this.dim.ID.parse(fields['sender']);
  }

  /** A content as a package. */
  async pack(content: Content, receiver: ID, introduce = false): Promise<Uint8Array> {
    const { message } = await this.messenger.packMessage(content, receiver, { introduce });
    return message.encode();
  }

  async say(content: Content, receiver: ID, introduce = false): Promise<void> {
    await this.connection.send(await this.pack(content, receiver, introduce));
  }

  /** Sends a package with other fields in its envelope. */
  async sendChanged(bytes: Uint8Array, changes: { readonly [name: string]: unknown }): Promise<void> {
    await this.connection.send(changed(bytes, changes));
  }

  /** The next content of a kind; those of other kinds wait. Those in arrays come one by one. */
  async hear(kind: string): Promise<Heard> {
    for (;;) {
      const index = this.#waiting.findIndex(({ content }) => content.kind === kind);
      const [found] = index === -1 ? [] : this.#waiting.splice(index, 1);
      if (found !== undefined) return found;
      const heard = await this.next();
      this.#waiting.push(...(heard.content.kind === 'array' ? this.#itemsOf(heard) : [heard]));
    }
  }

  /** The text of the next receipt. */
  async receipt(): Promise<string> {
    const { content } = await this.hear('receipt');
    return textOf(content.fields, 'text');
  }

  /** Whatever comes next. */
  async next(): Promise<Heard> {
    const next = await this.incoming.next();
    if (next.done === true) throw new DimError('CONNECTION_LOST', 'the station has ended the connection');
    const { bytes } = next.value;
    if (this.acknowledges) next.value.acknowledge();
    const { content, message } = await this.messenger.unpack(bytes);
    return { content, bytes, fields: message.fields };
  }

  #itemsOf({ content, ...rest }: Heard): readonly Heard[] {
    const items = content.fields['contents'];
    return (Array.isArray(items) ? items : []).map((item) => ({ ...rest, content: this.dim.Content.parse(item) }));
  }
}

/** A package with other fields; `undefined` takes one away. */
export function changed(bytes: Uint8Array, changes: { readonly [name: string]: unknown }): Uint8Array {
  return encodeUtf8(JSON.stringify({ ...(JSON.parse(decodeUtf8(bytes)) as object), ...changes }));
}
