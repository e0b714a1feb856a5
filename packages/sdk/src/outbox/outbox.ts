/** The outbox: contents become deliveries, drafts and parcels, all of it on the disk before anything goes out. */
import { DimError, isDimError, VerifiedDocument, Visa } from 'dimp';
import type { Content, ID, JsonMap, Missing } from 'dimp';
import { changeFields, checkArguments, encodeBase64, isJsonMap, typeName, within } from 'dimp/extend';
import { BoundedCache, checkId } from 'dimp/internal';
import type { OwnDevice } from '../device/own-device.ts';
import type { Outgoing } from '../ports/handler.ts';
import type { Table } from '../store/own-rows.ts';
import type { Staged } from '../store/working-store.ts';
import type { DeliveryRecord } from './delivery-table.ts';
import { draftTable, type Draft } from './draft-table.ts';
import type { Ledger } from './ledger.ts';
import { keyOfMessage } from './parcel-table.ts';

/** What an outbox asks of the client around it. */
export interface OutboxHost {
  /** Something is missing to pack what waits. */
  want(missing: readonly Missing[]): void;
  /** There is something to pack or to send. */
  wake(): void;
}

/** How to send. */
export interface SendOptions {
  /** Also sent, to this person's other devices. */
  readonly copy?: ((receiver: ID, content: JsonMap) => Content | undefined) | undefined;
  /** What is to be kept with it. */
  readonly rows?: ((record: DeliveryRecord) => Staged['rows']) | undefined;
}

/** How many contents that the client sends by itself may wait for one receiver: a stranger chooses how many there are. */
const MAX_REPLIES = 64;

/** How long they may wait, in seconds: a day. */
const REPLY_AGE = 24 * 60 * 60;

/** How long a person's own may wait, in seconds: 29 days, as receivers take nothing that is older than 30. */
export const MAX_AGE = 29 * 24 * 60 * 60;

/** How many drafts are packed in one commit. */
const BATCH = 50;

/** Takes contents, and makes messages of them as soon as everything is known that they need. */
export class Outbox<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #host: OutboxHost;
  readonly #drafts: Table<Draft>;
  readonly #ledger: Ledger<C>;
  /** Those who have drafts, and whether something is missing for them that was not learned since. */
  readonly #waiting = new Map<string, 'ready' | 'blocked'>();
  /** Users who have said that they have something of ours: they know our meta and visa. */
  #introduced = new BoundedCache<string, true>(10_000);

  constructor(device: OwnDevice<C>, ledger: Ledger<C>, host: OutboxHost) {
    this.#device = device;
    this.#ledger = ledger;
    this.#host = host;
    this.#drafts = draftTable(device.dim);
  }

  /** Reads from the disk what waits. */
  async start(): Promise<void> {
    const { kept } = this.#device.store;
    for (let after: string | undefined; ;) {
      const page = await kept.partitions(this.#drafts.name, after);
      for (const receiver of page) this.#waiting.set(receiver, 'ready');
      after = page.at(-1);
      if (page.length < 1000) return;
    }
  }

  /**
   * Queues a content, in one commit with what belongs to it.
   * @throws DimError `USAGE_ARGUMENT` for what no reader would take, `MISSING_PRIVATE_KEY`, `STORE_…`
   */
  async send(content: Content, receiver: ID, options: SendOptions = {}): Promise<DeliveryRecord> {
    checkId(receiver, 'receiver');
    const { store, sequence, dim } = this.#device;
    const fields = checkArguments(() => within('content', () => fieldsFor(content, receiver)));
    const written = checkArguments(() => within('content', () => dim.Content.parse(fields)));
    const queuedAt = sequence.next();
    const id = randomName();
    const record = await store.exclusive(async () => {
      const receivers = await this.#receiversOf(receiver);
      const base: DeliveryRecord = {
        id,
        receiver,
        queuedAt,
        content: written.fields,
        sent: 0,
        delivered: 0,
        error: undefined,
        state: receivers.length === 0 ? 'delivered' : 'queued',
        recipients: receivers.some((to) => to.isBroadcast || to.isGroup) ? 0 : receivers.length,
      };
      store.stage({ rows: [this.#ledger.deliveries.put(base), ...(options.rows?.(base) ?? [])] });
      for (const [index, to] of receivers.entries())
        await this.#place({ key: `${id} ${index}`, delivery: id, receiver: to, content: written.fields, queuedAt });
      await this.#placeCopies(base, options);
      return base;
    });
    this.#host.wake();
    return record;
  }

  /** Takes back what has not gone out. @returns whether it has gone out to nobody */
  async cancel(id: string): Promise<boolean> {
    const { store } = this.#device;
    return store.exclusive(async () => {
      const record = await this.#ledger.deliveries.get(store, id);
      if (record?.state !== 'queued') return false;
      for await (const parcel of this.#ledger.parcels.each(store.kept, 'queued'))
        if (parcel.delivery === id && parcel.attempts === 0) this.#ledger.remove(parcel);
      for (const receiver of this.#waiting.keys())
        for await (const draft of this.#drafts.each(store.kept, receiver))
          if (draft.delivery === id) store.stage({ rows: [this.#drafts.remove(draft.key)] });
      await this.#ledger.failed(id, new DimError('DELIVERY_CANCELLED', 'was taken back'));
      return record.sent === 0;
    });
  }

  /** Stages what the client sends by itself: it is packed later, and is nobody's delivery. Inside `exclusive` alone. */
  async stage({ content, receiver }: Outgoing): Promise<void> {
    if (receiver.isGroup && !receiver.isBroadcast) {
      for (const to of await this.#receiversOf(receiver)) await this.#stageReply(content, to);
    } else await this.#stageReply(content, receiver);
  }

  async #stageReply({ fields }: Content, receiver: ID): Promise<void> {
    const { store, sequence } = this.#device;
    const waiting = this.#waiting.get(receiver.entityKey);
    if (waiting === 'blocked' && (await store.count(this.#drafts.name, receiver.entityKey)) >= MAX_REPLIES) return;
    const draft = { key: randomName(), delivery: undefined, receiver, content: fields, queuedAt: sequence.next() };
    store.stage({ rows: [this.#drafts.put(draft)], onceKept: () => this.#hasDrafts(receiver) });
  }

  #hasDrafts(receiver: ID): void {
    if (!this.#waiting.has(receiver.entityKey)) this.#waiting.set(receiver.entityKey, 'ready');
    this.#host.wake();
  }

  /** Something of an identity or a group was learned: who waits for it may be packed for. */
  learned(id: ID): void {
    // A draft for a member may wait for the group, and one for a group for its founder: all are looked at.
    for (const receiver of this.#waiting.keys())
      if (receiver === id.entityKey || id.isGroup) this.#waiting.set(receiver, 'ready');
    this.#host.wake();
  }

  /** Tries all again: something else may have told the store. */
  retry(): void {
    for (const receiver of this.#waiting.keys()) this.#waiting.set(receiver, 'ready');
    this.#host.wake();
  }

  /** A user has something of ours. */
  isKnownTo(receiver: ID): void {
    this.#introduced.set(receiver.entityKey, true);
  }

  /** Our meta or visa is another: everybody is to be told. */
  introduceAnew(): void {
    this.#introduced = new BoundedCache(10_000);
  }

  /** Packs what can be packed. @returns whether anything was */
  async pack(): Promise<boolean> {
    let isPacked = false;
    for (const [receiver, state] of new Map(this.#waiting)) {
      if (state === 'blocked') continue;
      while (await this.#packFor(receiver)) isPacked = true;
    }
    return isPacked;
  }

  /** @returns whether there may be more for this receiver */
  async #packFor(receiver: string): Promise<boolean> {
    const { store } = this.#device;
    return store.exclusive(async () => {
      const drafts = await this.#drafts.list(store, receiver, { limit: BATCH });
      if (drafts.length === 0) {
        this.#waiting.delete(receiver);
        return false;
      }
      for (const draft of drafts) {
        if (await this.#isOver(draft)) continue;
        const packed = await this.#tryPack(draft);
        if (packed === 'waits') {
          this.#waiting.set(receiver, 'blocked');
          return false;
        }
        store.stage({ rows: [this.#drafts.remove(draft.key)] });
      }
      return true;
    });
  }

  async #isOver(draft: Draft): Promise<boolean> {
    const { store, clock } = this.#device;
    const age = clock.now() - draft.queuedAt;
    if (age <= (draft.delivery === undefined ? REPLY_AGE : MAX_AGE)) return false;
    store.stage({ rows: [this.#drafts.remove(draft.key)] });
    await this.#ledger.failed(draft.delivery, expired());
    return true;
  }

  /** Packs a draft at once, or puts it behind those that wait for the same receiver. */
  async #place(draft: Draft): Promise<void> {
    const { store } = this.#device;
    const { receiver } = draft;
    if (!this.#waiting.has(receiver.entityKey) && (await this.#pack(draft, true)) === 'packed') return;
    store.stage({ rows: [this.#drafts.put(draft)], onceKept: () => this.#hasDrafts(receiver) });
  }

  async #placeCopies(
    { id: delivery, receiver, content: fields }: DeliveryRecord,
    { copy }: SendOptions,
  ): Promise<void> {
    if (copy === undefined || this.#device.isSelf(receiver)) return;
    const others = await this.#otherDevices();
    const content = others.length === 0 ? undefined : copy(receiver, fields);
    if (content === undefined) return;
    for (const other of others) {
      const queuedAt = this.#device.sequence.next();
      const draft = { key: `${delivery} ${other.toString()}`, delivery: undefined, receiver: other, queuedAt };
      await this.#place({ ...draft, content: content.fields });
    }
  }

  /** This person's other devices that have a name. */
  async #otherDevices(): Promise<readonly ID[]> {
    const { store, self } = this.#device;
    const kept = (await store.documents(self)) ?? [];
    const visas = kept.map((item) => VerifiedDocument.is(item) && item.document).filter((item) => item instanceof Visa);
    const terminals = visas.map(({ terminal }) => terminal).filter((terminal) => terminal !== undefined);
    return [...new Set(terminals)].filter((terminal) => terminal !== self.terminal).map((name) => self.entity.at(name));
  }

  async #tryPack(draft: Draft): Promise<'packed' | 'waits'> {
    try {
      return await this.#pack(draft, false);
    } catch (error) {
      if (!isDimError(error) || error.code.startsWith('STORE_')) throw error;
      // It was checked when it was queued: what is wrong now came later, and must not hold up what is behind it.
      this.#device.logger.warn('a draft cannot be packed', { code: error.code, receiver: draft.receiver.toString() });
      await this.#ledger.failed(draft.delivery, error);
      return 'packed';
    }
  }

  async #pack(draft: Draft, isNew: boolean): Promise<'packed' | 'waits'> {
    const { receiver } = draft;
    const { dim, messenger, store, clock, sequence, self } = this.#device;
    if (receiver.isGroup && !receiver.isBroadcast) return this.#expand(draft, isNew);
    const introduce = !receiver.equals(self) && this.#introduced.get(receiver.entityKey) === undefined;
    try {
      const content = dim.Content.parse(draft.content);
      const { message } = await messenger.packMessage(content, receiver, { introduce, time: clock.now() });
      const packedAt = sequence.next();
      const { delivery } = draft;
      const parcel = { key: keyOfMessage(message), delivery, receiver, packedAt, changedAt: packedAt, attempts: 0 };
      store.stage({
        rows: [this.#ledger.parcels.put({ ...parcel, state: 'queued', bytes: message.encode() })],
        onceKept: () => this.#host.wake(),
      });
      return 'packed';
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.#host.want(error.missing);
      return 'waits';
    }
  }

  /** A draft for a group whose members were not known becomes one for each. */
  async #expand(draft: Draft, isNew: boolean): Promise<'packed' | 'waits'> {
    const { receiver: group, delivery, content, queuedAt, key } = draft;
    const members = await this.#receiversOf(group);
    if (isNew || members.some((member) => member.isGroup)) {
      this.#host.want([{ what: 'members', id: group }]);
      return 'waits';
    }
    await this.#ledger.expanded(delivery, members.length);
    for (const [index, receiver] of members.entries())
      await this.#place({ key: `${key} ${index}`, delivery, receiver, content, queuedAt });
    return 'packed';
  }

  /** Whom a content goes to; the group itself where nobody but us is known of it. */
  async #receiversOf(receiver: ID): Promise<readonly ID[]> {
    if (receiver.isBroadcast || !receiver.isGroup) return [receiver];
    const members = (await this.#device.store.members(receiver)) ?? [];
    const others = members.filter((member) => !this.#device.isSelf(member));
    return members.length === 0 ? [receiver.entity] : others;
  }
}

/** What says that something is to be fetched; not that this person has no key. */
function isMissing(error: unknown): error is DimError {
  return isDimError(error) && error.missing.length > 0 && error.code !== 'MISSING_PRIVATE_KEY';
}

function expired(): DimError {
  return new DimError('DELIVERY_EXPIRED', 'could not be sent in time');
}

/** The map of a content; what goes to a group is written for it. */
function fieldsFor(content: Partial<Content> | undefined, receiver: ID): JsonMap {
  const fields = content?.fields;
  if (!isJsonMap(fields)) {
    const advice = typeof content === 'string' ? ': take TextContent.create(text)' : '';
    throw new DimError('INPUT_TYPE', `must be a content, not ${typeName(content)}${advice}`);
  }
  if (!receiver.isGroup || receiver.isBroadcast) return fields;
  if (content?.group !== undefined && !content.group.equals(receiver))
    throw new DimError('INPUT_CONFLICT', 'is not the receiver', { path: 'group' });
  return changeFields(fields, { group: receiver.toString() });
}

/** 128 random bits as text. */
function randomName(): string {
  return encodeBase64(crypto.getRandomValues(new Uint8Array(16)));
}
