/** People, and a network between them that delivers in whatever order a test says. */
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import {
  ANYONE,
  createDim,
  ForwardContent,
  isDimError,
  type Bulletin,
  type Content,
  type DimError,
  type GroupCommand,
  type ID,
  type Meta,
  type ReliableMessage,
  type User,
} from 'dimp';
import type { Clock, GroupState, HandlerDefinition, Outgoing, Reaction, Received } from '../../src/index.ts';
import { GroupBook, groupHandlers, GroupManager, type GroupLimits } from '../../src/internal.ts';
import { RowsInMemory } from './rows-in-memory.ts';

export const dim = createDim({ plugins: [standardPlugin(), modernPlugin()] });

// Their identity keys encrypt nothing; what goes to them goes by visas of the fastest kind.
const makeUser = async (name: string): Promise<User> => dim.createUser({ name, visaAlgorithms: ['X25519'] });
export const [alice, bob, carol, dave, erin, mallory] = await Promise.all([
  makeUser('Alice'),
  makeUser('Bob'),
  makeUser('Carol'),
  makeUser('Dave'),
  makeUser('Erin'),
  makeUser('Mallory'),
]);
export const everybody: readonly User[] = [alice, bob, carol, dave, erin, mallory];
export const STATION = dim.ID.parse('station@anywhere');

/** A clock that a test turns. All devices of a test have the same, and each look at it takes a moment. */
export class TestClock implements Clock {
  time = 1_800_000_000;
  now(): number {
    this.time += 0.01;
    return this.time;
  }
  async wait(): Promise<void> {
    return Promise.resolve();
  }
}

/** Somebody's device, with as much of a client as groups need. */
export class Device {
  readonly dim: typeof dim;
  readonly user: User;
  readonly self: ID;
  readonly store = new RowsInMemory();
  readonly clock: Clock;
  readonly book: GroupBook;
  readonly groups: GroupManager;
  readonly handlers: readonly HandlerDefinition[];
  /** What goes out, in order. */
  readonly sent: Outgoing[] = [];
  /** What is to be fetched, as `what whose`. */
  readonly wanted = new Set<string>();
  readonly learned: ID[] = [];
  #count = 0;

  constructor(user: User, clock: Clock, limits?: Partial<GroupLimits>, context = dim, self = user.id) {
    this.dim = context;
    this.user = user;
    this.self = self;
    this.clock = clock;
    const options = { dim: context, store: this.store, self, clock, limits };
    this.book = new GroupBook(options);
    this.groups = new GroupManager({
      ...options,
      book: this.book,
      react: async (plan) =>
        this.store.exclusive(async () => {
          const { value, reaction } = await plan();
          this.#keep(reaction);
          return value;
        }),
    });
    this.handlers = groupHandlers({ ...options, book: this.book });
  }

  /** @param contacts whose meta and visas are known */
  static async of(
    user: User,
    clock: Clock,
    options: {
      readonly contacts?: readonly User[];
      readonly limits?: Partial<GroupLimits>;
      readonly terminal?: string;
    } = {},
  ): Promise<Device> {
    const { terminal, limits } = options;
    const device = new Device(user, clock, limits, dim, terminal === undefined ? user.id : user.id.at(terminal));
    await dim.addUser(device.store, user);
    for (const contact of options.contacts ?? everybody) await dim.addContact(device.store, contact);
    return device;
  }

  /** Reads a message: verified, decrypted, and what it forwards one by one. */
  async receive(message: ReliableMessage): Promise<readonly DimError[]> {
    const { clock, store, self } = this;
    const messenger = this.dim.messenger({ self, store, clock: () => clock.now(), replay: false });
    try {
      const { content, sender, group, wasEncrypted } = await messenger.open(message);
      if (content instanceof ForwardContent) {
        const errors: DimError[] = [];
        for (const inner of content.messages) errors.push(...(await this.receive(inner)));
        return errors;
      }
      await this.handle({
        content,
        sender,
        group,
        wasEncrypted,
        message,
        key: `${this.#count++}`,
        receivedAt: clock.now(),
      });
      return [];
    } catch (error) {
      if (isDimError(error)) return [error];
      throw error;
    }
  }

  /** Handles a content, and gives what is answered to its sender. */
  async handle(received: Received): Promise<readonly Content[]> {
    const handlers = this.handlers.filter(({ kind }) => kind === received.content.kind);
    const replies: Content[] = [];
    for (const handler of handlers)
      await this.store.exclusive(async () => {
        const reaction = (await handler.handle(received)) ?? {};
        this.#keep(reaction);
        replies.push(...(reaction.replies ?? []));
      });
    this.sent.push(...replies.map((content) => ({ content, receiver: received.sender })));
    return replies;
  }

  /** Everything that waits to be sent, packed. What goes to the station is left out. */
  async packed(): Promise<readonly { readonly message: ReliableMessage; readonly receiver: ID }[]> {
    const { store, self } = this;
    const messenger = dim.messenger({ self, store });
    const out = this.sent.splice(0).filter(({ receiver }) => !receiver.equals(STATION));
    return Promise.all(
      out.map(async ({ content, receiver }) => ({
        receiver,
        message: (await messenger.packMessage(content, receiver)).message,
      })),
    );
  }

  /** Keeps what somebody else has of a group, as an answer of the station would. */
  async learn(group: ID, from: Device): Promise<void> {
    const history = await from.book.history(group);
    if (history === undefined) throw new Error('there is nothing to learn');
    await this.learnBulletin(group, history.bulletin.document, history.meta.meta);
  }

  /** Keeps a bulletin; whoever keeps it knows nothing of groups. */
  async learnBulletin(group: ID, bulletin: Bulletin, meta?: Meta): Promise<void> {
    const { clock, store, self } = this;
    const messenger = dim.messenger({ self, store, clock: () => clock.now() });
    const { documents } = await messenger.learn({ id: group, meta, documents: [bulletin] });
    if (documents[0] !== 'kept') throw new Error(`the bulletin is ${String(documents[0])}`);
  }

  async settle(...ids: readonly ID[]): Promise<void> {
    await this.store.exclusive(async () => {
      this.#keep(await this.book.settle(ids));
    });
  }

  async state(group: ID): Promise<GroupState | undefined> {
    return this.book.state(group);
  }

  /** The members as names, for people who read tests. */
  async members(group: ID): Promise<string> {
    return namesOf((await this.state(group))?.members ?? []);
  }

  #keep({ changes = [], rows = [], sends = [], wants = [], learned = [] }: Reaction): void {
    this.store.commit(changes, rows);
    this.sent.push(...sends);
    this.learned.push(...learned);
    for (const missing of wants) this.wanted.add(`${missing.what} ${nameOf(missing.id)}`);
  }
}

/** Delivers what devices have to send, and what they answer to it, until nothing is left. */
export async function deliverAll(...devices: readonly Device[]): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const sent = (await Promise.all(devices.map(async (device) => device.packed()))).flat();
    if (sent.length === 0) return;
    for (const { message, receiver } of sent)
      for (const device of devices) if (isFor(receiver, device)) await device.receive(message);
  }
  throw new Error('they never stop answering each other');
}

function isFor(receiver: ID, { self }: Device): boolean {
  return receiver.equals(self) && (receiver.terminal === undefined || receiver.terminal === self.terminal);
}

/** A command as its author signs it for everybody. */
export async function signed(author: User, content: Content, exposeGroup = false): Promise<ReliableMessage> {
  const store = new RowsInMemory();
  await dim.addUser(store, author);
  const messenger = dim.messenger({ self: author.id, store });
  return (await messenger.packMessage(content, ANYONE, { exposeGroup })).message;
}

/** What a device gets of a command that was signed for everybody. */
export function receivedOf<C extends Content = GroupCommand>(
  message: ReliableMessage,
  content: C,
  receivedAt: number,
): Received<C> {
  const { sender } = message;
  return { content, sender, group: content.group, wasEncrypted: false, message, key: 'key', receivedAt };
}

export function namesOf(ids: readonly ID[]): string {
  return ids.map((id) => nameOf(id)).join(' ');
}

export function nameOf(id: ID): string {
  const index = everybody.findIndex((user) => user.id.equals(id));
  return ['alice', 'bob', 'carol', 'dave', 'erin', 'mallory'][index] ?? (id.isGroup ? 'group' : id.toString());
}
