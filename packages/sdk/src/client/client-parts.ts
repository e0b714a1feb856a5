/** The parts of a client, and how they hang together: data flows one way, in through the inbox and out through the outbox. */
import { DimError, type Content, type ID } from 'dimp';
import { Contacts, type Contact } from '../contacts/contacts.ts';
import { addContact, type KnownOfContact } from '../contacts/add-contact.ts';
import { Acquaintances } from '../contacts/acquaintances.ts';
import { Conversations } from '../conversations/conversations.ts';
import { readStrangerLimits } from '../conversations/stranger-limits.ts';
import { OwnDevice } from '../device/own-device.ts';
import { Directory } from '../directory/directory.ts';
import { identityHandlers } from '../directory/identity-handlers.ts';
import { arrivalTable } from '../inbox/arrival-table.ts';
import { Dispatcher } from '../inbox/dispatcher.ts';
import { Handlers } from '../inbox/handlers.ts';
import { Inbox } from '../inbox/inbox.ts';
import { WaitingRoom } from '../inbox/waiting-room.ts';
import type { DeliveryRecord } from '../outbox/delivery-table.ts';
import { Ledger } from '../outbox/ledger.ts';
import { Outbox } from '../outbox/outbox.ts';
import { Sender } from '../outbox/sender.ts';
import { systemClock } from '../ports/clock.ts';
import type { Connection } from '../ports/connection.ts';
import type { Reaction } from '../ports/handler.ts';
import { silentLogger } from '../ports/logger.ts';
import { Line } from '../session/line.ts';
import type { Session } from '../session/session.ts';
import type { ClientEvents } from './client-events.ts';
import { checkTerminal, handlersOf, rowsToKeep, type ClientOptions, type ClientSendOptions } from './client-options.ts';
import { GroupParts } from './group-parts.ts';
import type { Groups } from './groups.ts';
import { messageHandlers } from './message-handlers.ts';
import { Messages } from './messages.ts';
import { Notices } from './notices.ts';
import { Presence } from './presence.ts';
import { isOfSession } from './session-contents.ts';
import { Tasks } from './tasks.ts';

/** How parts tell what happened. */
export interface PartsHost<C extends Content> {
  tell<K extends keyof ClientEvents<C>>(name: K, event: ClientEvents<C>[K]): Promise<void>;
  delivered(record: DeliveryRecord): void;
}

/** How often what waits is looked at again, in seconds. */
const CARE_INTERVAL = 600;

/** The parts of a client. */
export class ClientParts<C extends Content> {
  readonly device: OwnDevice<C>;
  readonly contacts: Contacts<C>;
  readonly acquaintances: Acquaintances<C>;
  readonly conversations: Conversations<C>;
  readonly ledger: Ledger<C>;
  readonly outbox: Outbox<C>;
  readonly line: Line<C>;
  readonly presence: Presence<C>;
  readonly groups: Groups;
  readonly #options: ClientOptions<C>;
  readonly #host: PartsHost<C>;
  readonly #sender: Sender<C>;
  readonly #room: WaitingRoom<C>;
  readonly #inbox: Inbox<C>;
  readonly #handlers: Handlers<C>;
  readonly #dispatcher: Dispatcher<C>;
  readonly #directory: Directory<C>;
  readonly #messages: Messages<C>;
  readonly #groups: GroupParts<C>;
  readonly #notices: Notices<C>;
  readonly #tasks: Tasks;

  constructor(options: ClientOptions<C>, host: PartsHost<C>) {
    this.#options = options;
    this.#host = host;
    const { dim, store, self, messages = {}, clock = systemClock, logger = silentLogger } = options;
    const device = new OwnDevice({ dim, store, self, messages, clock, logger });
    this.device = device;
    this.#tasks = new Tasks(device, (error) => void host.tell('error', { error }));
    this.contacts = new Contacts(device, async (contact) => {
      this.acquaintances.changed();
      if (this.acquaintances.isContact(contact.id)) await this.conversations.strangers.reconsider();
      void host.tell('contact', contact);
    });
    this.ledger = new Ledger(device, (record) => host.delivered(record));
    this.outbox = new Outbox(device, this.ledger, {
      want: (missing, isOwn) => this.#directory.want(missing, isOwn),
      isContact: (id) => this.contacts.of(id).isAdded,
      dispatch: async (group) => this.#groups.dispatch(group),
      wake: () => this.#sender.wake(),
    });
    this.#sender = new Sender(device, this.outbox, this.ledger);
    this.#directory = new Directory(device, {
      command: async (content, receiver) => {
        const { session } = this.line;
        await session?.command(content, receiver);
        return session !== undefined;
      },
      askGroup: async (group) => void (await this.groups.query(group)),
      introduce: async (user) => this.presence.introduce(user),
      begin: (work) => this.#tasks.once(work),
    });
    this.#handlers = new Handlers(device, this.outbox, {
      reacted: (reaction) => this.#reacted(reaction),
      failed: (failure) => this.#notices.handlerFailed(failure),
    });
    this.#groups = new GroupParts(device, this.#handlers);
    this.groups = this.#groups.groups;
    this.acquaintances = new Acquaintances(device.self, this.contacts, this.groups);
    const limits = options.strangers && readStrangerLimits(options.strangers);
    this.conversations = new Conversations(device, this.acquaintances, limits);
    this.#messages = new Messages(device, options, {
      groups: this.#groups,
      conversations: this.conversations,
      handlers: this.#handlers,
      contacts: this.contacts,
    });
    this.#notices = new Notices(device, this.contacts, {
      tell: async (name, event) => host.tell(name, event),
      introduce: (user) => this.#tasks.once(async () => this.#directory.introduce(user)),
    });
    this.presence = new Presence(device, {
      contacts: this.contacts,
      outbox: this.outbox,
      agent: options.agent,
      device: options.device,
    });
    this.#room = new WaitingRoom(device, (id) => this.contacts.of(id).isAdded);
    this.#dispatcher = new Dispatcher(device, arrivalTable(dim), this.#handlers, {
      tell: async (arrival) => host.tell('received', arrival),
      react: async (arrival) => this.#messages.react(arrival),
    });
    this.#inbox = new Inbox(device, messages, this.#room, {
      begin: () => this.#messages.begin(),
      gate: async (unpacked, unread) => this.#messages.gate(unpacked, unread),
      isBlocked: (sender) => this.contacts.of(sender).isBlocked,
      isOfSession: (content, sender, isOfConnection) => isOfSession(this, { content, sender }, isOfConnection),
      rowsOf: (arrival) => this.#messages.rowsOf(arrival),
      react: async (arrival) => this.#messages.react(arrival),
      arrived: (arrivals) => {
        const { later, now } = this.#messages.sort(arrivals);
        this.#dispatcher.push(later);
        for (const arrival of now) void host.tell('received', arrival);
      },
      introduced: (sender, error) => this.#introduced(sender, error),
      refused: (refusal) => this.#notices.refused(refusal),
      want: (missing) => this.#directory.want(missing),
    });
    this.line = new Line(device, options, {
      receive: async (payloads) => {
        try {
          await this.#inbox.receive(payloads);
        } catch (error) {
          this.#dispatcher.look();
          throw error;
        }
      },
      work: async (session, connection, signal) => this.#work(session, connection, signal),
      renewed: async (session) => this.presence.resume(session),
      changed: (state) => void host.tell('connection', state),
    });
    this.#addHandlers();
  }

  /** Reads what waits, and begins. */
  async start(): Promise<void> {
    const { store, self } = this.device;
    const keys = await store.keys(self);
    if (keys === undefined || keys === null)
      throw new DimError('MISSING_PRIVATE_KEY', 'the store has no keys of this person: addLocalUser puts them there', {
        missing: [{ what: 'private-key', id: self.entity }],
      });
    checkTerminal(self, keys);
    await this.contacts.start();
    await this.conversations.start();
    await this.outbox.start();
    await this.#room.start();
    await this.#dispatcher.start();
    this.#tasks.run(async (signal) => this.#dispatcher.run(signal));
    this.#tasks.run(async (signal) => this.line.run(signal));
    this.#tasks.run(async (signal) => this.#care(signal));
    this.#tasks.run(async (signal) => this.#directory.run(signal));
  }

  /** Is aborted when all work ends. */
  get signal(): AbortSignal {
    return this.#tasks.signal;
  }

  /** Ends all work. */
  async close(): Promise<void> {
    await this.#tasks.close();
  }

  /** Queues a content, with its place in the conversation and copies for this person's other devices. */
  async send(content: Content, receiver: ID, options: ClientSendOptions): Promise<DeliveryRecord> {
    const kept = rowsToKeep(options);
    return this.outbox.send(content, receiver, {
      rows: (record) => [...this.#messages.rowsOfSent(record), ...kept],
      copy: (to, fields) => this.#messages.copyOf(fields, to),
    });
  }

  /** See `Client.addContact`. */
  async addContact(id: ID, known: KnownOfContact): Promise<Contact> {
    const host = {
      learned: (one: ID) => this.#reacted({ learned: [one] }),
      want: (one: ID) => this.#directory.want([{ what: one.isGroup ? 'members' : 'meta', id: one }], true),
    };
    return addContact(this.device, this.contacts, host, { ...known, id });
  }

  /** See `Client.forgetIdentity`. */
  async forgetIdentity(id: ID): Promise<void> {
    const { store } = this.device;
    await store.exclusive(async () => store.stage({ changes: [{ do: 'forget', id: id.entity }] }));
    this.#directory.want([{ what: 'meta', id }], true);
  }

  #addHandlers(): void {
    const { device } = this;
    const line = (): Line<C> => this.line;
    const builtIn = [
      ...identityHandlers(device, this.#directory, {
        get station() {
          return line().session?.station;
        },
        isOfInterest: async (id) => device.isSelf(id) || this.contacts.of(id).isAdded,
        alarm: (id, error) => this.#notices.alarm(id, error),
      }),
      ...messageHandlers(
        device,
        {
          ledger: this.ledger,
          outbox: this.outbox,
          messages: this.#messages,
          begin: (work) => this.#tasks.once(work),
        },
        () => line().session?.station,
      ),
    ];
    for (const handler of [...builtIn, ...this.#groups.handlers]) this.#handlers.add(handler, { isOwn: true });
    for (const handler of handlersOf(this.#options.handlers)) this.#handlers.add(handler);
  }

  #reacted({ learned = [], wants = [] }: Reaction): void {
    this.#directory.want(wants);
    for (const id of learned) this.#learned(id);
  }

  #learned(id: ID): void {
    this.#directory.learned(id);
    this.outbox.learned(id);
    if (id.isGroup) this.acquaintances.changed();
    if (this.device.isSelf(id)) this.outbox.packer.introduceAnew();
    this.#tasks.once(async () => {
      await this.#groups.settle(id);
      await this.#inbox.retry(id);
    });
    void this.#host.tell('learned', { id });
  }

  #introduced(sender: ID, error: DimError | undefined): void {
    if (error === undefined) {
      this.#learned(sender);
      // It shows the visa of one device; whoever answers is to reach all of them.
      this.#directory.want([{ what: 'visa', id: sender }]);
    } else if (error.code === 'CRYPTO_META_CHANGED') this.#notices.alarm(sender, error);
  }

  /** Through a session that is let in. */
  async #work(session: Session<C>, connection: Connection, signal: AbortSignal): Promise<void> {
    await this.presence.show(session);
    this.outbox.retry();
    this.#tasks.once(async () => this.#directory.askAnew());
    const login = this.presence.login(session, this.line, signal);
    const sending = this.#sender.run(connection, signal);
    try {
      await Promise.all([sending, login]);
    } finally {
      // Where one of them fails, the connection is to end, and the other one with it.
      void connection.close();
      await Promise.allSettled([sending, login]);
    }
  }

  /** Now and again: what waits may be possible now, or too old. */
  async #care(signal: AbortSignal): Promise<void> {
    await this.#inbox.retryAll(true);
    for (;;) {
      await this.device.clock.wait(CARE_INTERVAL, signal);
      const { store } = this.device;
      // First what may be readable: a clock that was wrong may be right now.
      await this.#inbox.retryAll(false);
      await store.exclusive(async () => void this.#room.expire());
      await this.#sender.recover();
      this.outbox.retry();
      // Without a network too: what is too old has failed.
      await this.outbox.pack();
    }
  }
}
