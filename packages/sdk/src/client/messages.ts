/** What becomes of contents that are messages: where they are kept, who hears of them, and who is answered. */
import {
  ContentType,
  type Content,
  type CreateContentOptions,
  DimError,
  type ID,
  type JsonMap,
  type Missing,
  type UnpackedMessage,
} from 'dimp';
import type { Contacts } from '../contacts/contacts.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { Places } from '../conversations/places.ts';
import type { OwnDevice } from '../device/own-device.ts';
import { SentContent } from '../device/sent-content.ts';
import { arrivalTable, isFirst, type Arrival } from '../inbox/arrival-table.ts';
import { flatten } from '../inbox/flatten.ts';
import type { Unread } from '../inbox/read-messages.ts';
import type { Handlers } from '../inbox/handlers.ts';
import { keyOfMessage, parcelTable, type Parcel } from '../outbox/parcel-table.ts';
import type { DeliveryRecord } from '../outbox/delivery-table.ts';
import type { RowChange } from '../ports/client-store.ts';
import type { Table } from '../store/own-rows.ts';
import { ReceiptCommand } from 'dimp';
import type { GroupParts } from './group-parts.ts';
import type { ClientOptions } from './client-options.ts';

/** What is for programs and not for people. */
const NOT_SHOWN: ReadonlySet<string> = /* @__PURE__ */ (() =>
  new Set<string>([
    ContentType.COMMAND,
    ContentType.HISTORY,
    ContentType.ARRAY,
    ContentType.FORWARD,
    ContentType.APPLICATION,
    ContentType.CUSTOMIZED,
  ]))();

/** Contents for modules of applications, which come in a group's name as messages do. */
const OF_MODULES: ReadonlySet<string> = /* @__PURE__ */ (() =>
  new Set<string>([ContentType.APPLICATION, ContentType.CUSTOMIZED]))();

/** Those of them that the library itself reads: its handlers decide by the group's history who may say what. */
const OF_LIBRARY: ReadonlySet<string> = new Set(['group-query', 'group-history', 'group-keys', 'sent']);

interface MessageParts<C extends Content> {
  readonly groups: GroupParts<C>;
  readonly conversations: Conversations<C>;
  readonly handlers: Handlers<C>;
  readonly contacts: Contacts<C>;
}

/** Decides what is kept of a content. */
export class Messages<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #options: ClientOptions<C>;
  readonly #parts: MessageParts<C>;
  readonly #arrivals: Table<Arrival<C>>;
  readonly #parcels: Table<Parcel>;
  readonly #places = new Places();

  constructor(device: OwnDevice<C>, options: ClientOptions<C>, parts: MessageParts<C>) {
    this.#device = device;
    this.#options = options;
    this.#parts = parts;
    this.#arrivals = arrivalTable(device.dim);
    this.#parcels = parcelTable(device.dim);
  }

  /** Whether a content is a message of a conversation. */
  isShown(content: C): boolean {
    const isUsual = !NOT_SHOWN.has(content.type);
    try {
      return this.#options.isMessage?.(content) ?? isUsual;
    } catch {
      // What it cannot tell of one content is not to hold up all that comes.
      this.#device.logger.error('isMessage failed', { kind: content.kind });
      return isUsual;
    }
  }

  /** What is written for a group is read once its sender is known to be a member. */
  async gate(
    { content, sender, group: named }: UnpackedMessage<C>,
    { message }: Unread,
  ): Promise<{ readonly missing: readonly Missing[] } | { readonly error: DimError } | undefined> {
    if (this.#device.isSelf(sender) && (await this.#parcels.get(this.#device.store, keyOfMessage(message))))
      return { error: new DimError('NOT_RECIPIENT', 'this device has sent it, and has it', { path: 'keys' }) };
    // Each of an array may name a group of its own.
    for (const one of flatten(content)) {
      const group = one.group ?? named;
      if (group === undefined || group.isBroadcast || !this.#isForMembers(one)) continue;
      if (!(await this.#parts.groups.isMember(group, sender)))
        return { missing: [{ what: 'members', id: group.entity }] };
    }
    return this.#noRoomFor(flatten(content), sender, named);
  }

  /** Another turn of reading begins: what was planned before is kept, or never will be. */
  begin(): void {
    this.#parts.conversations.strangers.begin();
  }

  /** Strangers may be as many as they like, and write as much: what is kept of them is bounded. */
  async #noRoomFor(
    contents: readonly C[],
    sender: ID,
    named: ID | undefined,
  ): Promise<{ readonly error: DimError } | undefined> {
    if (this.#device.isSelf(sender)) return undefined;
    for (const content of contents) {
      if (!this.isShown(content)) continue;
      const conversation = conversationOf(sender, content.group ?? named);
      const error = await this.#parts.conversations.strangers.admit({ conversation, sender, content });
      if (error !== undefined) return { error };
    }
    return undefined;
  }

  /** The rows of a content that came in. */
  rowsOf(arrival: Arrival<C>): readonly RowChange[] {
    const rows: RowChange[] = [];
    if (this.isShown(arrival.content)) rows.push(...this.#parts.conversations.rowsOf(this.#messageOf(arrival)));
    if (this.#isHandled(arrival.content)) rows.push(this.#arrivals.put(arrival));
    return rows;
  }

  /** The rows of a content that was sent from here. */
  rowsOfSent({ id, receiver, content: fields, queuedAt }: DeliveryRecord): readonly RowChange[] {
    const content = this.#device.dim.Content.parse(fields);
    if (!this.isShown(content)) return [];
    return this.rowsOfOwn({ key: id, content, receiver, order: queuedAt, delivery: id });
  }

  /** What tells this person's other devices of a content that was sent from here. */
  copyOf(fields: JsonMap, receiver: ID): SentContent | undefined {
    const { dim, self, writtenNow } = this.#device;
    const content = dim.Content.parse(fields);
    if (!this.isShown(content)) return undefined;
    return SentContent.create(content, receiver, { ...writtenNow, terminal: self.terminal });
  }

  /** The rows of a content that this person sent, on whichever device. */
  rowsOfOwn(sent: {
    readonly key: string;
    readonly content: C;
    readonly receiver: ID;
    /** When it was sent, or came from another device. */
    readonly order: number;
    readonly delivery: string | undefined;
  }): readonly RowChange[] {
    const { key, content, receiver, order, delivery } = sent;
    const [conversation, sender] = [receiver.entity, this.#device.self.entity];
    const time = this.#places.of(sender, content.time ?? order, order);
    const common = { key, conversation, sender, content, time, delivery };
    const wasEncrypted = !receiver.isBroadcast;
    return this.#parts.conversations.rowsOf({
      ...common,
      receivedAt: this.#device.clock.now(),
      isOwn: true,
      wasEncrypted,
    });
  }

  /** Runs what belongs into the commit, and answers. */
  async react(arrival: Arrival<C>): Promise<void> {
    const { handlers } = this.#parts;
    await handlers.runExclusive(arrival);
    if (this.#wantsReceipt(arrival))
      await handlers.stage(arrival, { replies: [receiptFor(arrival, this.#device.writtenNow)] });
    if (!this.#isHandled(arrival.content)) return;
    const isKept = this.isKept(arrival);
    const row = isKept ? this.#arrivals.put({ ...arrival, isReacted: true }) : this.#arrivals.remove(arrival.key);
    this.#device.store.stage({ rows: [row] });
  }

  /** Those that the disk has for listeners, and those that are told at once. */
  sort(arrivals: readonly Arrival<C>[]): {
    readonly later: readonly Arrival<C>[];
    readonly now: readonly Arrival<C>[];
  } {
    return {
      later: arrivals.filter((one) => this.isKept(one)).map((one) => ({ ...one, bytes: undefined, isReacted: true })),
      now: arrivals.filter((one) => !this.isKept(one)),
    };
  }

  /** Whether listeners and handlers are to hear of it even after a restart. */
  isKept({ content }: Arrival<C>): boolean {
    return this.isShown(content) || this.#parts.handlers.hasLater(content.kind);
  }

  /** Not what the protocol needs of those who are no members: to join and to ask, receipts, documents, what is handed on. */
  #isForMembers(content: C): boolean {
    return this.isShown(content) || (OF_MODULES.has(content.type) && !OF_LIBRARY.has(content.kind));
  }

  #isHandled(content: C): boolean {
    return this.isShown(content) || this.#parts.handlers.has(content.kind);
  }

  #messageOf({
    key,
    order,
    content,
    sender,
    group,
    wasEncrypted,
    receivedAt,
  }: Arrival<C>): Parameters<Conversations<C>['rowsOf']>[0] {
    const conversation = conversationOf(sender, group);
    return {
      key,
      conversation,
      sender,
      content,
      time: this.#places.of(sender, content.time ?? order, order),
      receivedAt,
      wasEncrypted,
      isOwn: this.#device.isSelf(sender),
      delivery: undefined,
    };
  }

  /** One for a message: of contents in an array, the first one is as good as any. */
  #wantsReceipt({ content, sender, wasEncrypted, key }: Arrival<C>): boolean {
    const { receipts = 'all' } = this.#options;
    if (receipts === 'none' || !wasEncrypted || this.#device.isSelf(sender) || !isFirst(key)) return false;
    return this.isShown(content) && (receipts === 'all' || this.#parts.contacts.of(sender).isAdded);
  }
}

/** Whom one talks with: what is said to all is said by its sender. */
function conversationOf(sender: ID, group: ID | undefined): ID {
  return (group !== undefined && !group.isBroadcast ? group : sender).entity;
}

/** "Message received.", in the words that clients of the network show. */
function receiptFor({ message, content }: Arrival, options: CreateContentOptions): ReceiptCommand {
  const { envelope, fields } = message;
  const signature = typeof fields['signature'] === 'string' ? fields['signature'] : undefined;
  return ReceiptCommand.create('Message received.', {
    ...options,
    origin: { envelope, sn: content.sn, ...(signature !== undefined && { signature }) },
  });
}
