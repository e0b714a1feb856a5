/** The outbox: contents become deliveries, drafts and parcels, all of it on the disk before anything goes out. */
import { DimError, isDimError, VerifiedDocument, Visa } from 'dimp';
import type { Content, ID, JsonMap } from 'dimp';
import { checkArguments, within } from 'dimp/extend';
import { checkId } from 'dimp/internal';
import type { OwnDevice } from '../device/own-device.ts';
import type { Outgoing } from '../ports/handler.ts';
import { isOwnFault } from '../store/own-fault.ts';
import type { Table } from '../store/own-rows.ts';
import type { Staged } from '../store/working-store.ts';
import type { DeliveryRecord } from './delivery-table.ts';
import { draftTable, MAX_REPLIES, REPLY_AGE, type Draft } from './draft-table.ts';
import { Flush } from './flush.ts';
import { expectsReceipt, type Ledger } from './ledger.ts';
import { Packer, type PackerHost } from './packer.ts';
import { randomName } from './random-name.ts';
import { UnknownReceivers } from './unknown-receivers.ts';
import { checkTime, expired, fieldsFor, MAX_AGE } from './written-content.ts';

/** How to send. */
export interface SendOptions {
  /** Also sent, to this person's other devices. */
  readonly copy?: ((receiver: ID, content: JsonMap) => Content | undefined) | undefined;
  /** What is to be kept with it. */
  readonly rows?: ((record: DeliveryRecord) => Staged['rows']) | undefined;
}

/** How many drafts are packed in one commit. */
const BATCH = 50;

/** Takes contents, and makes messages of them as soon as everything is known that they need. */
export class Outbox<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #host: PackerHost;
  readonly #drafts: Table<Draft>;
  readonly #ledger: Ledger<C>;
  readonly packer: Packer<C>;
  readonly unknown: UnknownReceivers<C>;
  readonly flush: Flush;
  /** Those who have drafts, and whether something is missing for them that was not learned since. */
  readonly #waiting = new Map<string, 'ready' | 'blocked'>();

  constructor(device: OwnDevice<C>, ledger: Ledger<C>, host: PackerHost) {
    this.#device = device;
    this.#ledger = ledger;
    this.#host = host;
    this.packer = new Packer(device, ledger, host);
    this.#drafts = draftTable(device.dim);
    this.unknown = new UnknownReceivers(device, this.#drafts, ledger, this.#waiting);
    this.flush = new Flush(async () => this.#countWaiting());
  }

  /** Reads from the disk what waits. */
  async start(): Promise<void> {
    await this.#ledger.start();
    for (let after: string | undefined; ;) {
      const page = await this.#device.store.kept.partitions(this.#drafts.name, after);
      for (const receiver of page) {
        this.#waiting.set(receiver, 'ready');
        await this.#device.continueAfter(this.#drafts.name, receiver);
      }
      after = page.at(-1);
      if (page.length < 1000) return;
    }
  }

  /**
   * Queues a content, in one commit with what belongs to it.
   * @throws DimError `USAGE_ARGUMENT` for what no reader would take, `MISSING_PRIVATE_KEY`, `STORE_…`
   */
  async send(content: Content, receiver: ID, options: SendOptions = {}): Promise<DeliveryRecord> {
    const written = this.check({ content, receiver });
    const { store, sequence } = this.#device;
    const queuedAt = sequence.next();
    const id = randomName();
    const record = await store.exclusive(async () => {
      const { receivers, count } = await this.#receiversOf(receiver);
      const base: DeliveryRecord = {
        id,
        receiver,
        queuedAt,
        content: written.fields,
        sent: 0,
        delivered: 0,
        failed: 0,
        unheard: 0,
        error: undefined,
        state: receivers.length === 0 ? 'delivered' : 'queued',
        isClosed: receivers.length === 0,
        recipients: count,
      };
      store.stage({ rows: [this.#ledger.deliveries.put(base), ...(options.rows?.(base) ?? [])] });
      for (const [index, to] of receivers.entries())
        await this.#place({
          key: `${id} ${index}`,
          delivery: id,
          receiver: to,
          content: written.fields,
          queuedAt,
          expiresAt: queuedAt + MAX_AGE,
        });
      await this.#placeCopies(base, options);
      return base;
    });
    this.#host.wake();
    return record;
  }

  /** The content as it goes to its receiver. @throws DimError `USAGE_ARGUMENT` for what no reader would take */
  check({ content, receiver }: Outgoing): Content {
    checkId(receiver, 'receiver');
    checkTime(content?.time, this.#device.clock.now());
    return checkArguments(() => within('content', () => this.#device.dim.Content.parse(fieldsFor(content, receiver))));
  }

  /** @throws DimError `GROUP_DENIED` for a group that we may not write to */
  async requireReceivers(receiver: ID): Promise<void> {
    await this.#receiversOf(receiver);
  }

  /** Takes back what has not gone out. @returns whether it has gone out to nobody */
  async cancel(id: string): Promise<boolean> {
    const { store } = this.#device;
    return store.exclusive(async () => {
      const record = await this.#ledger.deliveries.get(store, id);
      if (record?.state !== 'queued') return false;
      const isOut = (await this.#ledger.takeBack(id)) || record.sent > 0;
      // Whoever was to have it alone may have it.
      if (isOut && record.recipients === 1) return false;
      for (const receiver of this.#waiting.keys())
        for await (const draft of this.#drafts.each(store.kept, receiver))
          if (draft.delivery === id) store.stage({ rows: [this.#drafts.remove(draft.key)] });
      await this.#ledger.failed(id, new DimError('DELIVERY_CANCELLED', 'was taken back'));
      return !isOut;
    });
  }

  /**
   * Stages what the client sends by itself: it is packed later, and is nobody's delivery. Inside `exclusive` alone.
   * @param isReply whether it answers something that came in: then others decide how much there is of it
   */
  async stage({ content, receiver }: Outgoing, isReply: boolean): Promise<void> {
    const fields = fieldsFor(content, receiver);
    for (const to of (await this.#receiversOf(receiver)).receivers) await this.#stageFor(fields, to, isReply);
  }

  async #stageFor(content: JsonMap, receiver: ID, isReply: boolean): Promise<void> {
    const { store, sequence } = this.#device;
    const isBlocked = isReply && this.#waiting.get(receiver.entityKey) === 'blocked';
    // On the disk: to look there for what is staged, all of it would have to go there, and half of what a handler wants.
    if (isBlocked && (await store.kept.count(this.#drafts.name, receiver.entityKey)) >= MAX_REPLIES) return;
    const queuedAt = sequence.next();
    const expiresAt = queuedAt + (isReply ? REPLY_AGE : MAX_AGE);
    const draft = { key: randomName(), delivery: undefined, receiver, content, queuedAt, expiresAt, isReply };
    store.stage({ rows: [this.#drafts.put(draft)], onceKept: () => this.#hasDrafts(receiver) });
  }

  #hasDrafts(receiver: ID): void {
    if (!this.#waiting.has(receiver.entityKey)) this.#waiting.set(receiver.entityKey, 'ready');
    this.#host.wake();
  }

  /** Something of an identity or a group was learned: who waits for it may be packed for. */
  learned(id: ID): void {
    this.unknown.remove(id.entityKey);
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
        this.packer.waitsNoMore(receiver);
        return false;
      }
      for (const draft of drafts) {
        if (await this.#isOver(draft)) continue;
        if ((await this.#tryPack(draft)) && this.packer.mayWait(draft)) {
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
    if (clock.now() <= draft.expiresAt) return false;
    store.stage({ rows: [this.#drafts.remove(draft.key)] });
    await this.#ledger.failedFor(draft.receiver, draft.delivery, expired());
    return true;
  }

  /** Packs a draft at once, or puts it behind those that wait for the same receiver. */
  async #place(draft: Draft): Promise<void> {
    const { store } = this.#device;
    const { receiver } = draft;
    if (!this.#waiting.has(receiver.entityKey)) {
      const packed = await this.packer.pack(draft);
      if (packed.is === 'packed') {
        for (const one of packed.drafts) await this.#place(one);
        return;
      }
    }
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
      const times = { queuedAt, expiresAt: queuedAt + MAX_AGE };
      const draft = { key: `${delivery} ${other.toString()}`, delivery: undefined, receiver: other, ...times };
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

  /** @returns whether it waits */
  async #tryPack(draft: Draft): Promise<boolean> {
    const packed = await this.#orFail(draft, async () => this.packer.pack(draft));
    if (packed?.is === 'waiting') return true;
    for (const one of packed?.drafts ?? []) await this.#orFail(one, async () => this.#place(one));
    return false;
  }

  async #orFail<T>(draft: Draft, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!isDimError(error) || isOwnFault(error)) throw error;
      // It was checked when it was queued: what is wrong now came later, and must not hold up what is behind it.
      const { receiver, delivery } = draft;
      this.#device.logger.warn('a draft cannot be packed', { code: error.code, receiver: receiver.toString() });
      await this.#ledger.failedFor(receiver, delivery, error);
      return undefined;
    }
  }

  /** How much may go out now: drafts for which nothing is missing, and parcels that no connection has taken. */
  async #countWaiting(): Promise<number> {
    const { kept } = this.#device.store;
    let count = await kept.count(this.#ledger.parcels.name, 'queued');
    for (const [receiver, state] of this.#waiting)
      if (state === 'ready') count += await kept.count(this.#drafts.name, receiver);
    return count;
  }

  /** Whom a content goes to, and how many these are: none, where nobody can count them. */
  async #receiversOf(receiver: ID): Promise<{ readonly receivers: readonly ID[]; readonly count: number }> {
    if (receiver.isBroadcast) return { receivers: [receiver], count: 0 };
    if (!receiver.isGroup) {
      const isAnswered = expectsReceipt(receiver) && !this.#device.isSelf(receiver);
      return { receivers: [receiver], count: isAnswered ? 1 : 0 };
    }
    const dispatch = await this.#host.dispatch(receiver);
    const group = receiver.entity;
    if (dispatch === undefined) return { receivers: [group], count: 0 };
    const { form, members } = dispatch;
    return { receivers: form === 'shared' && members.length > 0 ? [group] : members, count: members.length };
  }
}
