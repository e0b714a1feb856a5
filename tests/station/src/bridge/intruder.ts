/** Somebody who logs in at a station with the identity of another one, and sends what no honest station would. */
import { MemoryStore, type Messenger, type User } from 'dimp';
import { decodeUtf8, encodeUtf8 } from 'dimp/extend';
import type { Connection } from 'dimsdk';
import { HandshakeCommand, TextContent } from 'dimp';
import { dim, person } from '../world.ts';
import { stationIdentity, type Region } from './region.ts';

/** The JSON of a message. */
export type Envelope = Record<string, unknown>;

/** A messenger of somebody who knows others. */
export async function messengerOf(user: User, others: readonly User[]): Promise<Messenger> {
  const store = new MemoryStore();
  await dim.addUser(store, user);
  const messenger = dim.messenger({ self: user.id, store, replay: false });
  for (const { id, meta, visas } of others) await messenger.learn({ id, meta, documents: visas });
  return messenger;
}

/** A text, as its writer's station would pass it on. */
export async function textFrom(from: string, to: string, text: string, isIntroduced = true): Promise<Envelope> {
  const messenger = await messengerOf(person(from), [person(to)]);
  const { message } = await messenger.packMessage(TextContent.create(text), person(to).id, { introduce: isIntroduced });
  return JSON.parse(decodeUtf8(message.encode())) as Envelope;
}

/** See the top of the file. */
export class Intruder {
  readonly #connection: Connection;
  /** What the station has sent. */
  readonly heard: Envelope[] = [];

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async enter(region: Region, name: string, at: string): Promise<Intruder> {
    const { port, identity } = region.place(at);
    const { clock } = region;
    const options = { clock, logger: console, signal: AbortSignal.timeout(60_000) };
    const connection = await region.net.from(name).connect({ host: '127.0.0.1', port }, options);
    const intruder = new Intruder(connection);
    const messenger = await messengerOf(await stationIdentity(name), [identity]);
    const now = { time: clock.now() };
    const offer = HandshakeCommand.offer(undefined, { ...now, group: dim.ID.parse('stations@everywhere') });
    const isIn = intruder.#read(messenger);
    await connection.send((await messenger.packMessage(offer, identity.id, { introduce: true })).message.encode());
    await isIn;
    return intruder;
  }

  async send(envelope: Envelope): Promise<void> {
    await this.#connection.send(encodeUtf8(JSON.stringify(envelope)));
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  async #read(messenger: Messenger): Promise<void> {
    const source = this.#connection.incoming[Symbol.asyncIterator]();
    for (;;) {
      const next = await source.next();
      if (next.done === true) throw new Error('the station has ended the connection');
      next.value.acknowledge();
      const message = dim.ReliableMessage.decode(next.value.bytes);
      const { content } = await messenger.open(message);
      const handshake = HandshakeCommand.prototype.isPrototypeOf(content) ? (content as HandshakeCommand) : undefined;
      if (handshake?.state === 'success') break;
      if (handshake?.session === undefined) continue;
      const answer = HandshakeCommand.offer(handshake.session, { time: content.time ?? 0 });
      await this.#connection.send((await messenger.packMessage(answer, message.sender)).message.encode());
    }
    void this.#collect(source);
  }

  async #collect(source: AsyncIterator<{ bytes: Uint8Array; acknowledge(): void }>): Promise<void> {
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      this.heard.push(JSON.parse(decodeUtf8(next.value.bytes)) as Envelope);
      next.value.acknowledge();
    }
  }
}
