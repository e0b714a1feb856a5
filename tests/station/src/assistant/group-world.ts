/** A group of twenty with an assistant, and a station between them. */
import {
  DocumentsCommand,
  EntityType,
  ForwardContent,
  learnIdentity,
  stringifyJson,
  TextContent,
  type Bulletin,
  type ID,
  type JsonMap,
  type Meta,
  type ReliableMessage,
  type User,
} from 'dimp';
import { MemoryClientStore, systemClock, type ClientStore, type Clock, type GroupState } from 'dimsdk';
import { createGroupAssistant, type AssistantLimits, type GroupAssistant } from 'dimstation';
import { dim, online, person, World, type TestClient } from '../world.ts';

export const SIZE = 20;

/** Somebody with a device. */
export interface Member {
  readonly user: User;
  readonly store: ClientStore;
  readonly client: TestClient;
  /** The texts that came, and from whom, in order. */
  readonly texts: string[];
  /** The texts of receipts that came, with their templates. */
  readonly receipts: string[];
}

const anyStation = dim.ID.parse('station@anywhere');

/** A group of P0, who founded it, to P19. */
export class GroupWorld {
  readonly world = new World();
  readonly members: Member[] = [];
  readonly botStore: ClientStore;
  readonly group: ID;
  readonly bot: User;
  readonly #meta: Meta;
  readonly #bulletin: Bulletin;
  #assistant: GroupAssistant | undefined;
  /** How far the assistant's clock is ahead, in seconds. */
  #ahead = 0;
  #stoodAt: number | undefined;
  readonly #clock: Clock = {
    now: () => (this.#stoodAt ?? systemClock.now()) + this.#ahead,
    wait: async (seconds, signal) => systemClock.wait(seconds, signal),
  };
  /** Resolved with each thing that happens. */
  #changed: () => void = () => undefined;

  private constructor(parts: { group: ID; bot: User; meta: Meta; bulletin: Bulletin; botStore: ClientStore }) {
    this.group = parts.group;
    this.bot = parts.bot;
    this.#meta = parts.meta;
    this.#bulletin = parts.bulletin;
    this.botStore = parts.botStore;
  }

  static async start(
    options: { readonly away?: readonly number[]; readonly botStore?: ClientStore } = {},
  ): Promise<GroupWorld> {
    const { away = [], botStore = new MemoryClientStore() } = options;
    const bot = await dim.createUser({ name: 'Assistant', seed: 'assistant', type: EntityType.BOT });
    const owner = person('P0');
    const privateKey = owner.keys.identity;
    const meta = await dim.Meta.generate({ type: 'MKM', privateKey, seed: 'Group-20001' });
    const group = dim.ID.parse(meta.id(EntityType.GROUP).toString());
    const properties = { founder: owner.id, name: 'Twenty' };
    const bulletin = await dim.Document.create({ type: 'bulletin', did: group, properties }).sign(privateKey);
    const parts = new GroupWorld({ group, bot, meta, bulletin, botStore });
    await dim.addUser(botStore, bot);
    await parts.world.start();
    for (let index = 0; index < SIZE; index++)
      if (!away.includes(index)) parts.members[index] = await parts.come(index);
    await parts.startBot();
    await parts.#found();
    return parts;
  }

  member(index: number): Member {
    const member = this.members[index];
    if (member === undefined) throw new Error(`P${index} is not here`);
    return member;
  }

  /** Somebody starts a client. */
  async come(index: number, store: ClientStore = new MemoryClientStore()): Promise<Member> {
    return this.device(`P${index}`, store);
  }

  async device(name: string, store: ClientStore = new MemoryClientStore()): Promise<Member> {
    const client = await this.world.device(name, { store });
    const member: Member = { user: person(name), store, client, texts: [], receipts: [] };
    client.on('received', ({ content, sender }) => {
      if (content.kind === 'text') member.texts.push(content.text);
      // The station speaks of the forward; the assistant, of what is in it.
      if (content.kind === 'receipt' && sender.equals(this.bot.id)) {
        const { template, replacements } = content.fields as { template?: string; replacements?: JsonMap };
        const text = (template ?? '').replaceAll(/\$\{(\w+)\}/g, (_, key: string) =>
          JSON.stringify(replacements?.[key]).replaceAll('"', ''),
        );
        member.receipts.push(`${content.text} ${text}`);
      }
      this.#changed();
    });
    client.on('learned', () => this.#changed());
    await online(client);
    return member;
  }

  /** Waits until something is so. It is looked at whenever something comes to anybody. */
  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (;;) {
      const next = new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
      if (await isSo()) return;
      await next;
    }
  }

  /** Packs a text for all, as one who has the keys of all. */
  async pack(from: Member, text: string): Promise<ReliableMessage> {
    const messenger = dim.messenger({ self: from.user.id, store: from.store });
    const content = TextContent.create(text, { group: this.group });
    return (await messenger.packMessage(content, this.group, { reuseKey: true, introduce: true })).message;
  }

  /** A member gives the assistant a message, as the client for Dart does. */
  async give(from: Member, message: ReliableMessage): Promise<void> {
    await from.client.send(ForwardContent.create(message), this.bot.id);
  }

  async say(from: Member, text: string): Promise<void> {
    await this.give(from, await this.pack(from, text));
  }

  async startBot({
    limits = {},
    store = this.botStore,
  }: { readonly limits?: Partial<AssistantLimits>; readonly store?: ClientStore } = {}): Promise<GroupAssistant> {
    this.#assistant = createGroupAssistant({
      dim,
      store,
      self: this.bot.id,
      transport: this.world.network,
      stations: [{ host: '127.0.0.1', port: 9394, id: this.world.identity.id }],
      pauses: { first: 0.05, longest: 0.2 },
      clock: this.#clock,
      limits,
    });
    this.#assistant.client.on('learned', () => this.#changed());
    await this.#assistant.start();
    await online(this.#assistant.client as unknown as TestClient);
    return this.#assistant;
  }

  get assistant(): GroupAssistant {
    if (this.#assistant === undefined) throw new Error('it is not started');
    return this.#assistant;
  }

  /** For the assistant time goes by. */
  pass(seconds: number): void {
    this.#ahead += seconds;
  }

  /** For the assistant no time goes by, but what is told. */
  stand(): void {
    this.#stoodAt = systemClock.now();
  }

  /** Looks again at what is waited for. */
  look(): void {
    this.#changed();
  }

  async stopBot(): Promise<void> {
    await this.#assistant?.close();
  }

  /** A member learns the keys of all, as from a long life together. */
  async knowAll({ store }: Member): Promise<void> {
    for (let index = 0; index < SIZE; index++) {
      const { id, meta, visas } = person(`P${index}`);
      await store.exclusive(async () =>
        store.commit((await learnIdentity(dim, store, { id, meta, documents: visas })).changes),
      );
    }
  }

  /** Somebody takes themselves for a member, whatever others say. */
  async join({ store, user }: Member): Promise<void> {
    const others = Array.from({ length: SIZE }, (_, index) => person(`P${index}`).id);
    const members = [...others.filter((id) => !id.equals(user.id)), user.id];
    await store.exclusive(async () => store.commit([{ do: 'set-members', group: this.group, members }]));
  }

  async close(): Promise<void> {
    await this.stopBot();
    await Promise.all(this.members.filter((member) => member !== undefined).map(({ client }) => client.close()));
    await this.world.stop();
  }

  async #found(): Promise<void> {
    const owner = this.member(0);
    const { group } = this;
    const offer = { id: group, meta: this.#meta, documents: [this.#bulletin] };
    await owner.store.exclusive(async () => owner.store.commit((await learnIdentity(dim, owner.store, offer)).changes));
    const told = await owner.client.send(
      DocumentsCommand.answer(group, [this.#bulletin], { meta: this.#meta }),
      anyStation,
    );
    await told.until('sent');
    const everybody = Array.from({ length: SIZE }, (_, index) => person(`P${index}`).id);
    await owner.client.groups.reset(group, everybody);
    await owner.client.groups.appoint(group, [this.bot.id]);
    await this.until(async () => {
      for (const { client } of this.members.filter((member) => member !== undefined))
        if (!isWhole(await client.groups.state(group))) return false;
      return true;
    });
  }
}

function isWhole(state: GroupState | undefined): boolean {
  return state?.members.length === SIZE && state.assistants.length === 1;
}

/** A message with another text in a field of its own: its signature is what it was. */
export function changed(message: ReliableMessage, fields: JsonMap): ReliableMessage {
  return dim.ReliableMessage.decode(new TextEncoder().encode(stringifyJson({ ...message.fields, ...fields })));
}
