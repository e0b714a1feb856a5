/** What is kept of what strangers write: bounded, where the application says so. Nothing of those whom this person knows is ever refused. */
import { DimError, type Content, type ID, type JsonMap } from 'dimp';
import type { Acquaintances } from '../contacts/acquaintances.ts';
import type { OwnDevice } from '../device/own-device.ts';
import type { RowChange } from '../ports/client-store.ts';
import { defineTable, type Table } from '../store/own-rows.ts';
import { numberOf } from '../store/row-fields.ts';
import { Turns } from '../store/turns.ts';
import { knownConversation, type ConversationRecord } from './conversation-table.ts';
import type { StoredMessage } from './message-table.ts';
import type { StrangerLimits } from './stranger-limits.ts';
import { StrangerRoom, UNREAD } from './stranger-room.ts';

/** A message that wants to be kept. */
export interface Newcomer {
  /** The other user, or the group. */
  readonly conversation: ID;
  readonly sender: ID;
  readonly content: Content;
}

interface StrangerParts<C extends Content> {
  readonly conversations: Table<ConversationRecord>;
  readonly messages: Table<StoredMessage<C>>;
  readonly acquaintances: Acquaintances<C>;
  /** No bounds, if not given. */
  readonly limits: StrangerLimits | undefined;
}

/** Decides what is kept. It stages, inside `exclusive` alone. */
export class Strangers<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #parts: StrangerParts<C>;
  readonly #room: StrangerRoom<C> | undefined;
  /** Senders are read side by side, and each decision is to know the last one. */
  readonly #turns = new Turns();
  /** Messages that leave in this turn. */
  readonly #gone = new Set<string>();

  constructor(device: OwnDevice<C>, parts: StrangerParts<C>) {
    this.#device = device;
    this.#parts = parts;
    const { conversations, limits } = parts;
    this.#room = limits && new StrangerRoom(device, conversations, limits.conversations);
  }

  /** Another turn begins: what was staged is kept, or never will be. */
  begin(): void {
    this.#gone.clear();
    this.#room?.begin();
  }

  /** Stages the row of a conversation in which something comes. @returns why nothing of it is kept */
  async admit(newcomer: Newcomer): Promise<DimError | undefined> {
    return this.#turns.take(async () => this.#admit(newcomer));
  }

  /** Whether somebody, or a group, is nobody that this person has to do with, as far as that is on the disk. */
  async isStranger(id: ID): Promise<boolean> {
    const { acquaintances, conversations } = this.#parts;
    if (await acquaintances.isFamiliar(id)) return false;
    if ((await conversations.get(this.#device.store.kept, id.entityKey))?.kind === 'known') return false;
    return id.isGroup || !(await acquaintances.isFellow(id));
  }

  /** The rows by which somebody is no stranger. */
  known(id: ID, changedAt: number): readonly RowChange[] {
    this.#room?.forget(id.entityKey);
    return [this.#parts.conversations.put(knownConversation(id, changedAt))];
  }

  /** The rows by which there is a message less. */
  async less({ conversation, content }: StoredMessage<C>): Promise<readonly RowChange[]> {
    const { conversations } = this.#parts;
    const record = await conversations.get(this.#device.store, conversation.entityKey);
    if (record?.kind !== 'stranger') return [];
    const [messages, length] = [record.messages - 1, record.length - lengthOf(content)];
    return [conversations.put({ ...record, messages: Math.max(0, messages), length: Math.max(0, length) })];
  }

  /** Who is a contact by now, or owns groups as one, is no stranger any more. */
  async reconsider(): Promise<void> {
    const { conversations, acquaintances } = this.#parts;
    const { store } = this.#device;
    await store.exclusive(async () => {
      for await (const { id, changedAt } of conversations.each(store.kept, 'stranger'))
        if (await acquaintances.isFamiliar(id)) store.stage({ rows: this.known(id, changedAt) });
    });
  }

  /** All that somebody wrote was seen. */
  seen({ entityKey }: ID): void {
    this.#room?.seen(entityKey);
  }

  /** Nothing of a conversation is kept any more. */
  forget({ entityKey }: ID): void {
    this.#room?.forget(entityKey);
  }

  /** How many messages of strangers were not kept, since the person was told. */
  async notKept(): Promise<number> {
    return (await LOSS.get(this.#device.store.kept, LOSS_KEY)) ?? 0;
  }

  /** The row by which the person was told. */
  toldOfThem(): RowChange {
    return LOSS.remove(LOSS_KEY);
  }

  async #admit(newcomer: Newcomer): Promise<DimError | undefined> {
    const { conversation: id, content } = newcomer;
    const { store, sequence } = this.#device;
    const { acquaintances, conversations, limits } = this.#parts;
    const changedAt = sequence.next();
    const known = acquaintances.isContact(id) ? undefined : await conversations.get(store, id.entityKey);
    if (known?.kind === 'known' || (await this.#isKnown(newcomer))) {
      store.stage({ rows: this.known(id, changedAt) });
      return undefined;
    }
    const before = known ?? { id: id.entity, kind: 'stranger', since: changedAt, messages: 0, length: 0 };
    const after = { ...before, changedAt, messages: before.messages + 1, length: before.length + lengthOf(content) };
    const kept = limits === undefined ? after : await this.#within(after, limits, known === undefined);
    if (kept === undefined) {
      await this.#lost(1);
      return new DimError('INPUT_LIMIT', 'more than is kept of people who are no contacts', { path: 'strangers' });
    }
    store.stage({ rows: [conversations.put(kept)] });
    await this.#room?.note(kept);
    return undefined;
  }

  async #isKnown({ conversation, sender }: Newcomer): Promise<boolean> {
    const { acquaintances } = this.#parts;
    if (await acquaintances.isFamiliar(conversation)) return true;
    // What a contact writes is kept, whoever founded the group.
    return conversation.isGroup ? acquaintances.isContact(sender) : acquaintances.isFellow(sender);
  }

  /** A conversation with one more message, where there is room: what was seen leaves for it, and nothing else. */
  async #within(
    wanted: ConversationRecord,
    limits: StrangerLimits,
    isNew: boolean,
  ): Promise<ConversationRecord | undefined> {
    let { messages, length } = wanted;
    const leaving: string[] = [];
    const isTooMuch = (): boolean => messages > limits.messages || length > limits.length;
    if (isTooMuch())
      for (const { key, content } of await this.#seenOf(wanted.id)) {
        if (!isTooMuch()) break;
        leaving.push(key);
        messages--;
        length -= lengthOf(content);
      }
    if (isTooMuch() || (isNew && !(await this.#makeRoom(wanted.since)))) return undefined;
    for (const key of leaving) this.#gone.add(key);
    this.#device.store.stage({ rows: leaving.map((key) => this.#parts.messages.remove(key)) });
    return { ...wanted, messages, length };
  }

  /** Those on the disk that were seen, the oldest first. */
  async #seenOf({ entityKey }: ID): Promise<readonly StoredMessage<C>[]> {
    const { kept } = this.#device.store;
    const all = await this.#parts.messages.list(kept, entityKey, { limit: 1000 });
    const unseen = new Set((await kept.rows(UNREAD, entityKey, { limit: 1000 })).map(({ key }) => key));
    return all.filter(({ key }) => !unseen.has(key) && !this.#gone.has(key));
  }

  async #makeRoom(since: number): Promise<boolean> {
    const leaving = await this.#room?.admit(since);
    for (const key of leaving ?? []) await this.#leave(key);
    return leaving !== undefined;
  }

  async #leave(key: string): Promise<void> {
    const { store } = this.#device;
    const { conversations, messages } = this.#parts;
    const record = await conversations.get(store, key);
    this.#room?.forget(key);
    // It may be somebody by now whom this person knows.
    if (record?.kind !== 'stranger') return;
    await this.#lost(await store.kept.count(UNREAD, key));
    const partitions = [messages.name, UNREAD].map((table) => ({
      do: 'delete-partition' as const,
      table,
      partition: key,
    }));
    store.stage({ rows: [...partitions, conversations.remove(key)] });
  }

  async #lost(count: number): Promise<void> {
    const { store } = this.#device;
    if (count > 0) store.stage({ rows: [LOSS.put(((await LOSS.get(store, LOSS_KEY)) ?? 0) + count)] });
  }
}

const LOSS_KEY = 'messages';

/** How many messages of strangers were not kept. */
const LOSS = /* @__PURE__ */ defineTable<number>({
  table: 'not-kept',
  toRow: (messages) => ({ key: LOSS_KEY, partition: '', order: 0, value: { messages } }),
  fromRow: ({ value }) => numberOf(value, 'messages'),
});

function lengthOf({ fields }: { readonly fields: JsonMap }): number {
  return JSON.stringify(fields).length;
}
