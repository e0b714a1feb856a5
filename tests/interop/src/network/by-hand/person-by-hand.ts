/** Somebody without a client: each message is made by hand, and nothing happens by itself. */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { isDimError, MemoryStore, type ID, type JsonMap, type JsonValue, type Messenger, type User } from 'dimp';
import { isJsonMap, parseJsonMap } from 'dimp/extend';
import { BrokenSide } from '../../side.ts';
import { asText } from '../../values.ts';
import { EventLog, type WaitOptions } from '../event-log.ts';
import type { Journal } from '../journal.ts';
import { clientDim } from '../own-person.ts';
import { framingOf, type Frame, type FramingName } from './frames.ts';

/** A message that came. */
export interface Heard {
  /** The message, as its JSON has it. */
  readonly message: JsonMap;
  /** The map that was encrypted. */
  readonly content: JsonMap;
  readonly sender: string;
}

/** What happens on one connection. */
type Happening = { readonly heard: Heard } | { readonly said: string };

/** Who it is, and where. */
export interface ByHandOptions {
  readonly name: string;
  readonly user: User;
  readonly framing: FramingName;
  readonly port: number;
  readonly journal: Journal;
}

/** How to make a message. */
export interface PackByHand {
  /** With meta and visa. */
  readonly introduce?: boolean;
}

/** One connection of somebody. */
export class PersonByHand {
  readonly id: ID;
  /** Whether what comes is acknowledged at once. */
  acknowledges = true;
  readonly events: EventLog<Happening>;
  readonly #options: ByHandOptions;
  readonly #messenger: Messenger;
  readonly #socket: Socket;
  readonly #framing;
  #bytes = Buffer.alloc(0);
  #reading = Promise.resolve();

  private constructor(options: ByHandOptions, messenger: Messenger, socket: Socket) {
    this.id = options.user.id;
    this.#options = options;
    this.#messenger = messenger;
    this.#socket = socket;
    this.#framing = framingOf(options.framing);
    this.events = new EventLog(options.name);
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => this.events.break('the connection has ended'));
    if (this.#framing.opening !== undefined) socket.write(this.#framing.opening);
  }

  /** @param port where the station listens, on 127.0.0.1 */
  static async dial(options: ByHandOptions): Promise<PersonByHand> {
    const store = new MemoryStore();
    await clientDim.addUser(store, options.user);
    const self = options.user.id;
    const messenger = clientDim.messenger({ self, store, wireShape: 'deployed', replay: false });
    const socket = connect(options.port, '127.0.0.1');
    await once(socket, 'connect');
    const person = new PersonByHand(options, messenger, socket);
    if (options.framing === 'WebSocket') await person.says('open');
    return person;
  }

  /** Says hello, and signs the key that the station answers with. @returns the station, and both of its answers */
  async logIn(): Promise<{ readonly station: ID; readonly asked: Heard; readonly accepted: Heard }> {
    const asked = await this.hello();
    const station = clientDim.ID.parse(asked.sender);
    const accepted = await this.prove(station, asked);
    return { station, asked, accepted };
  }

  /** The first step of the login. */
  async hello(): Promise<Heard> {
    const from = this.events.end;
    const fields = { command: 'handshake', title: 'Hello world!', group: 'stations@everywhere' };
    await this.send(fields, clientDim.ID.parse('station@anywhere'), { introduce: true });
    return this.hears('DIM?', isTitled('DIM?'), { from });
  }

  /** The second step. */
  async prove(station: ID, { content }: Heard): Promise<Heard> {
    const from = this.events.end;
    await this.send({ command: 'handshake', title: 'Hello world!', session: content['session'] ?? null }, station);
    return this.hears('DIM!', isTitled('DIM!'), { from });
  }

  /** Asks the station about somebody, and believes what is sound. */
  async meet(id: ID): Promise<void> {
    const station = clientDim.ID.parse('station@anywhere');
    const from = this.events.end;
    await this.send({ command: 'documents', did: id.toString() }, station);
    const isAnswer = (one: JsonMap): boolean =>
      one['did'] === id.toString() && Array.isArray(one['documents'] ?? one['document'] ?? []);
    const { content } = await this.hears(
      `documents of ${id.toString()}`,
      ({ content: of }) => partsOf(of).some(isAnswer),
      { from },
    );
    const found = partsOf(content).find(isAnswer) ?? {};
    const listed = found['documents'];
    const documents = Array.isArray(listed) ? listed : [found['document'] as JsonValue];
    await this.#messenger.learn({
      id,
      meta: clientDim.Meta.parse(found['meta']),
      documents: documents.map((document) => clientDim.Document.parse(document)),
    });
  }

  /** Sends a content. @returns the message as it went out */
  async send(fields: JsonMap, to: ID, options?: PackByHand): Promise<JsonMap> {
    const message = await this.pack(fields, to, options);
    this.write(JSON.stringify(message));
    return message;
  }

  /** Makes a message, and does not send it. */
  async pack(fields: JsonMap, to: ID, { introduce = false }: PackByHand = {}): Promise<JsonMap> {
    const common = { type: 136, sn: 1 + randomInt(2 ** 31 - 2), time: Date.now() / 1000 };
    const content = clientDim.Content.parse({ ...common, ...fields });
    const packed = parseJsonMap(Buffer.from(await this.#messenger.pack(content, to, { introduce })).toString());
    // As the peer writes it.
    return { ...packed, type: asText(packed['type']) };
  }

  /** Writes any payload. */
  write(payload: string): void {
    this.#options.journal.add(`${this.#options.name} writes`, payload);
    this.#socket.write(this.#framing.write(payload));
  }

  /** Writes any bytes. */
  writeBytes(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** Waits for a message. */
  async hears(what: string, isIt: (heard: Heard) => boolean, options?: WaitOptions): Promise<Heard> {
    const find = (event: Happening): Heard | undefined =>
      'heard' in event && isIt(event.heard) ? event.heard : undefined;
    return this.events.first(what, find, options);
  }

  /** Waits for what the framing says by itself. */
  async says(what: string, options?: WaitOptions): Promise<void> {
    await this.events.first(what, (event) => ('said' in event && event.said === what ? event : undefined), options);
  }

  /** Whether the framing has said something. */
  hasSaid(what: string): boolean {
    return this.events.all((event) => ('said' in event && event.said === what ? event : undefined)).length > 0;
  }

  /** All that was heard. */
  get all(): readonly Heard[] {
    return this.events.all((event) => ('heard' in event ? event.heard : undefined));
  }

  async close(): Promise<void> {
    if (this.#socket.closed) return;
    const closed = once(this.#socket, 'close');
    this.#socket.destroy();
    await closed;
    await this.#reading;
  }

  #take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    try {
      for (let frame = this.#next(); frame !== undefined; frame = this.#next()) this.#hear(frame);
    } catch (error) {
      this.events.break(String(error));
      this.#socket.destroy();
    }
  }

  #next(): Frame | undefined {
    const frame = this.#framing.read(this.#bytes);
    if (frame !== undefined) this.#bytes = this.#bytes.subarray(frame.length);
    return frame;
  }

  #hear({ payload, said, acknowledgement }: Frame): void {
    if (said !== undefined) this.events.add({ said });
    if (payload === undefined) return;
    if (this.acknowledges && acknowledgement !== undefined) this.#socket.write(acknowledgement);
    if (!payload.startsWith('{')) this.events.add({ said: payload });
    else this.#reading = this.#reading.then(async () => this.#read(payload));
  }

  async #read(payload: string): Promise<void> {
    const { journal, name } = this.#options;
    journal.add(`${name} hears`, payload);
    try {
      const { content, sender } = await this.#messenger.unpack(Buffer.from(payload));
      journal.add(`${name} reads`, JSON.stringify(content.fields));
      this.events.add({
        heard: { message: parseJsonMap(payload), content: content.fields, sender: sender.entity.toString() },
      });
    } catch (error) {
      // What others say meanwhile, whom nobody has met.
      if (isDimError(error)) journal.add(name, `cannot read it: ${error.code} ${error.path}`);
      else this.events.break(new BrokenSide(String(error)).message);
    }
  }
}

/** The contents of a content: those of an array one by one. */
export function partsOf(content: JsonMap): readonly JsonMap[] {
  const { contents } = content;
  return Array.isArray(contents) ? contents.filter((item: JsonValue) => isJsonMap(item)) : [content];
}

function isTitled(title: string): (heard: Heard) => boolean {
  return ({ content }) => partsOf(content).some((one) => one['command'] === 'handshake' && one['title'] === title);
}
