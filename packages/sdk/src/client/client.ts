/** A client: a person at a device, who sends, receives, and loses nothing. */
import { DimError, isDimError, type Content, type ID } from 'dimp';
import type { KnownOfContact } from '../contacts/add-contact.ts';
import type { Contact } from '../contacts/contacts.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { Files } from '../files/files.ts';
import { linkAbort } from '../files/linked-abort.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { DeliveryRecord } from '../outbox/delivery-table.ts';
import { closableHandler } from '../inbox/closable-handler.ts';
import { tellingOf } from '../inbox/telling.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Received } from '../ports/handler.ts';
import type { ConnectionState } from '../session/line.ts';
import { checkEventName, type ClientEvents, type OfKind } from './client-events.ts';
import { checkClientOptions, filesOf, handlersOf } from './client-options.ts';
import type { ClientOptions, ClientSendOptions } from './client-options.ts';
import { ClientParts } from './client-parts.ts';
import type { Groups } from './groups.ts';
import { Events, type Listener, type Stop } from './events.ts';
import { HeldDeliveries } from './held-deliveries.ts';

/** The stores over which clients of this process work: two over one would each send what is queued. */
const working = new WeakSet<ClientStore>();

/** A person at a device. {@link createClient} makes one. */
export class Client<C extends Content = Content> {
  readonly self: ID;
  /** What was said with whom. */
  readonly conversations: Conversations<C>;
  /** The groups of this person, and what can be done in them. */
  readonly groups: Groups;
  readonly #files: Files | undefined;
  /** Of whichever contents: a client of these is one of all. */
  readonly #parts: ClientParts<Content>;
  readonly #events: Events<ClientEvents<Content>>;
  readonly #deliveries = new HeldDeliveries(() => this.#parts.outbox);
  #isStarted = false;
  #isClosed = false;
  #isOver = false;

  constructor(options: ClientOptions<C>) {
    checkClientOptions(options);
    this.self = options.self;
    this.#events = new Events((name, error) => this.#listenerFailed(name, error));
    const handlers = handlersOf(options.handlers).map((one) => closableHandler(one, () => this.#parts.signal));
    const parts = new ClientParts(
      { ...options, handlers },
      {
        tell: async (name, event) => this.#events.tell(name, event, tellingOf(event)),
        delivered: (record) => this.#delivered(record),
      },
    );
    this.#parts = parts;
    this.conversations = parts.conversations;
    this.groups = parts.groups;
    this.#files = filesOf(options, this.#parts.signal);
  }

  /**
   * Reads from the store what waits, and connects, now and again. What came before and was not handled is told first.
   * @throws DimError `STORE_…`, `MISSING_PRIVATE_KEY` where the store has no keys of this person
   */
  async start(): Promise<void> {
    if (this.#isClosed) throw new DimError('USAGE_ARGUMENT', 'the client was closed: make a new one');
    if (this.#isStarted) throw new DimError('USAGE_ARGUMENT', 'the client was started already');
    const { kept } = this.#parts.device.store;
    if (working.has(kept))
      throw new DimError('USAGE_ARGUMENT', 'another client works over this store', { path: 'store' });
    working.add(kept);
    this.#isStarted = true;
    try {
      await this.#parts.start();
    } catch (error) {
      working.delete(kept);
      throw error;
    }
  }

  /**
   * Ends the connection, all work and all iterables, once what was begun is kept; handlers and listeners are not waited for, and what
   * they had not done comes again with the next client. The store stays open, and what is on its way goes on
   * with the next client over it. After it, what would change or send something throws `USAGE_ARGUMENT`.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#parts.close();
    this.#isOver = true;
    this.#parts.device.store.end();
    this.#events.end();
    this.#deliveries.end();
    if (this.#isStarted) working.delete(this.#parts.device.store.kept);
  }

  /**
   * Sends a content. When it is done it is on the disk, and goes out as soon as it can: whatever happens to the process.
   *
   * @param receiver a user, a user's terminal, a group, or a broadcast ID. It may be one of whom nothing is known yet
   * @throws DimError `USAGE_ARGUMENT` for what no reader would take; `MISSING_PRIVATE_KEY`; `STORE_…`, where nothing is kept
   * @example
   * ```ts
   * import { TextContent, type ID } from 'dimp';
   * import type { Client } from 'dimsdk';
   *
   * async function greet(client: Client<TextContent>, bob: ID): Promise<void> {
   *   const delivery = await client.send(TextContent.create('Hello'), bob);
   *   await delivery.until('delivered');
   * }
   * ```
   */
  async send(content: Content, receiver: ID, options: ClientSendOptions = {}): Promise<Delivery> {
    this.#requireOpen();
    return this.#deliveries.during(async () =>
      this.#deliveries.hold(await this.#parts.send(content, receiver, options)),
    );
  }

  /** A delivery by its ID, also of before a restart; undefined where there is none. */
  async delivery(id: string): Promise<Delivery | undefined> {
    const held = this.#deliveries.get(id);
    if (held !== undefined) return held;
    const { ledger, device } = this.#parts;
    return this.#deliveries.during(async () => {
      const record = await ledger.deliveries.get(device.store.kept, id);
      return record && this.#deliveries.hold(record);
    });
  }

  /** The deliveries that are on their way, the oldest first. @param after the last one of the page before */
  async deliveries(after?: Delivery): Promise<readonly Delivery[]> {
    const { ledger, device } = this.#parts;
    const last = after && (await ledger.deliveries.get(device.store.kept, after.id));
    return this.#deliveries.during(async () => {
      const range = { after: last && { order: last.queuedAt, key: last.id } };
      const records = await ledger.deliveries.list(device.store.kept, 'open', range);
      return records.map((record) => this.#deliveries.hold(record));
    });
  }

  /**
   * Waits until all that was sent has gone out, with what the client sends by itself, as of groups: for a program that is about to
   * end. What waits for the key of somebody who is not known yet is not waited for: it goes out once that one has been there.
   *
   * @returns true when a station has all of it; false when the signal was aborted, or the client closed, before
   * @example
   * ```ts
   * import type { Content } from 'dimp';
   * import type { Client } from 'dimsdk';
   *
   * async function end(client: Client<Content>): Promise<void> {
   *   if (!(await client.flush(AbortSignal.timeout(5000)))) console.warn('the rest goes out the next time');
   *   await client.close();
   * }
   * ```
   */
  async flush(signal?: AbortSignal): Promise<boolean> {
    this.#requireOpen();
    const linked = linkAbort(signal, this.#parts.signal);
    return this.#parts.outbox.flush.wait(linked.signal).finally(() => linked.release());
  }

  /**
   * Uploads and downloads of files: `client.send(await client.files.upload(file), bob)`.
   * @throws DimError `USAGE_ARGUMENT` for a client without the option `files`
   */
  get files(): Files {
    if (this.#files !== undefined) return this.#files;
    throw new DimError('USAGE_ARGUMENT', 'is needed: say with `files` which service to use', { path: 'files' });
  }

  /** How the connection is. */
  get connection(): ConnectionState {
    return this.#parts.line.state;
  }

  /** The network is there: connects at once, where it waits to do so. */
  goOnline(): void {
    this.#requireOpen();
    this.#parts.line.goOnline();
  }

  /** Ends the connection, and makes none until {@link goOnline}. */
  async goOffline(): Promise<void> {
    await this.#parts.line.goOffline();
  }

  /**
   * Nobody looks at this device: the station keeps what comes, from now on, and may push a notification instead; what is sent
   * goes out still. It stays so, over new connections too, until {@link goToForeground}; a new client is in the foreground.
   */
  async goToBackground(): Promise<void> {
    this.#requireOpen();
    await this.#parts.presence.goToBackground(this.#parts.line);
  }

  /** Somebody looks at this device: the station hands over what it kept, and what comes. */
  async goToForeground(): Promise<void> {
    this.#requireOpen();
    await this.#parts.presence.goToForeground(this.#parts.line);
  }

  /** Everybody who was added, blocked or muted. */
  get contacts(): readonly Contact[] {
    return this.#parts.contacts.all;
  }

  /** What is kept of an ID. */
  contact(id: ID): Contact {
    return this.#parts.contacts.of(id);
  }

  /** Whether somebody is a contact, or a group one's own or that of a contact: whoever else chooses a name may take that of a friend. */
  async isFamiliar(id: ID): Promise<boolean> {
    return this.#parts.acquaintances.isFamiliar(id);
  }

  /**
   * Adds a contact: its messages are not a stranger's, and what is known of it outlasts what is known of strangers.
   * @param known what the person has of it already, as from a card; the rest is asked for
   * @throws DimError `CRYPTO_VERIFY`, `CRYPTO_META_CHANGED` for a meta that is not the one; `STORE_…`
   */
  async addContact(id: ID, known: KnownOfContact = {}): Promise<Contact> {
    this.#requireOpen();
    return this.#parts.addContact(id, known);
  }

  /** Changes what is kept of an ID: `{ isBlocked: true }`, `{ isMuted: true }`, `{ alias }`, `{ isAdded: false }`. */
  async changeContact(id: ID, change: Partial<Omit<Contact, 'id'>>): Promise<Contact> {
    this.#requireOpen();
    return this.#parts.contacts.change(id, change);
  }

  /** Forgets meta, documents and keys of an ID, so that the next meta is believed: after the alarm, and a check by other means alone. */
  async forgetIdentity(id: ID): Promise<void> {
    this.#requireOpen();
    await this.#parts.forgetIdentity(id);
  }

  /**
   * Listens to an event. A listener that gives a promise is waited for, where the event can wait.
   * @returns what ends it
   */
  on<K extends keyof ClientEvents<C>>(name: K, listener: Listener<ClientEvents<C>[K]>): Stop;
  /** Listens to contents of one kind. */
  on<K extends C['kind']>(name: 'received', kind: K, listener: Listener<Received<OfKind<C, K>>>): Stop;
  on(name: keyof ClientEvents<C>, kindOrListener: string | Listener<never>, listener?: Listener<never>): Stop {
    checkEventName(name);
    if (typeof (typeof kindOrListener === 'string' ? listener : kindOrListener) !== 'function')
      throw new DimError('USAGE_ARGUMENT', 'must be a function', { path: 'listener' });
    // The overloads say which events it takes, and which contents.
    if (typeof kindOrListener !== 'string') return this.#events.on(name, kindOrListener as Listener<unknown>);
    return this.#events.on('received', (received) =>
      received.content.kind === kindOrListener ? listener?.(received as never) : undefined,
    );
  }

  /** Events as an async iterable, from when reading of it begins. @param signal ends it */
  events<K extends keyof ClientEvents<C>>(name: K, signal?: AbortSignal): AsyncIterable<ClientEvents<C>[K]> {
    checkEventName(name);
    // What is told is of the contents of this client.
    return this.#events.iterate(name, signal) as AsyncIterable<ClientEvents<C>[K]>;
  }

  #requireOpen(): void {
    if (this.#isOver) throw new DimError('USAGE_ARGUMENT', 'the client was closed: make a new one');
  }

  #delivered(record: DeliveryRecord): void {
    const delivery = this.#deliveries.update(record);
    if (this.#events.has('delivery')) void this.#events.tell('delivery', delivery ?? this.#deliveries.hold(record));
  }

  #listenerFailed(name: keyof ClientEvents<C>, error: unknown): void {
    const code = isDimError(error) ? error.code : 'other';
    this.#parts.device.logger.error('a listener failed', { event: name, code });
    if (name !== 'error') void this.#events.tell('error', { error });
  }
}

/**
 * A client of a person, who is in the store: see `dim.addUser`.
 *
 * @throws DimError `USAGE_ARGUMENT` for what cannot work
 * @example
 * ```ts
 * import { createClient, type ClientOptions } from 'dimsdk';
 * import type { TextContent } from 'dimp';
 *
 * async function listen(options: ClientOptions<TextContent>): Promise<void> {
 *   const client = createClient(options);
 *   client.on('received', 'text', ({ content, sender }) => console.log(`${sender}: ${content.text}`));
 *   await client.start();
 * }
 * ```
 */
export function createClient<C extends Content>(options: ClientOptions<C>): Client<C> {
  return new Client(options);
}
