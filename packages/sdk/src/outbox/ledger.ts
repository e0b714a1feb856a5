/** The ledger: which parcel is where, and what that says of its delivery. */
import { DimError, type Content, type ID, type ReceiptCommand } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { Table } from '../store/own-rows.ts';
import { closedIfOver, counted, deliveryTable, type DeliveryRecord } from './delivery-table.ts';
import { PARCEL_STATES, parcelKey, parcelTable, type Parcel } from './parcel-table.ts';
import { wordOfStation } from './word-of-station.ts';

/** Keeps parcels and deliveries. All of its methods stage, inside `exclusive` alone. */
export class Ledger<C extends Content> {
  readonly deliveries: Table<DeliveryRecord>;
  readonly parcels: Table<Parcel>;
  readonly #device: OwnDevice<C>;
  readonly #changed: (record: DeliveryRecord) => void;
  /** Those that a connection was given, and of which nothing is known yet. */
  readonly #given = new Set<string>();

  /** @param changed is told of each delivery that is further than it was, once that is on the disk */
  constructor(device: OwnDevice<C>, changed: (record: DeliveryRecord) => void) {
    this.#device = device;
    this.#changed = changed;
    this.deliveries = deliveryTable(device.dim);
    this.parcels = parcelTable(device.dim);
  }

  /** Reads from the disk what came last. */
  async start(): Promise<void> {
    for (const state of PARCEL_STATES) await this.#device.continueAfter(this.parcels.name, state);
    for (const partition of ['open', 'done']) await this.#device.continueAfter(this.deliveries.name, partition);
  }

  /** Tells of a delivery that is where it was: what it waits for is something else. */
  async tell(id: string): Promise<void> {
    const record = await this.deliveries.get(this.#device.store.kept, id);
    if (record?.state === 'queued') this.#changed(record);
  }

  /** A delivery will not go out, for all to whom it has not gone out yet. */
  async failed(delivery: string | undefined, error: DimError): Promise<void> {
    await this.#change(delivery, (record) => {
      return { ...record, state: 'failed', failed: Math.max(0, record.recipients - record.sent), error };
    });
  }

  /** A delivery will not go out for one of its receivers. */
  async failedFor(receiver: ID, delivery: string | undefined, error: DimError): Promise<void> {
    // For a group whose members are not known, it is all of it.
    if (receiver.isGroup) return this.failed(delivery, error);
    await this.#change(delivery, (record) => {
      return counted({ ...record, failed: record.failed + 1, error: record.error ?? error });
    });
  }

  /** The members are known of the group that a delivery is for. */
  async expanded(delivery: string | undefined, recipients: number): Promise<void> {
    await this.#change(delivery, (record) => ({
      ...record,
      recipients,
      ...(recipients === 0 && { state: 'delivered' }),
    }));
  }

  /** A connection is given a parcel: it may arrive, whatever becomes of the connection. */
  given(key: string): void {
    this.#given.add(key);
  }

  /**
   * Takes back the parcels of a delivery that nobody can have.
   * @returns whether somebody may have one. Of before a restart that is known only of those that a connection has taken
   */
  async takeBack(id: string): Promise<boolean> {
    let isOut = false;
    for await (const parcel of this.parcels.each(this.#device.store.kept, 'queued'))
      if (parcel.delivery !== id) continue;
      else if (parcel.attempts > 0 || this.#given.has(parcel.key)) isOut = true;
      else this.remove(parcel);
    return isOut;
  }

  /** The station's transport has a parcel. Receipts may have come before that is known here. */
  async handedOver(key: string): Promise<void> {
    this.#given.delete(key);
    const parcel = await this.parcels.get(this.#device.store, key);
    if (parcel?.state !== 'queued') return;
    const isFinal = !expectsReceipt(parcel.receiver);
    const row = isFinal ? this.parcels.remove(key) : this.parcels.put(this.#moved(parcel, 'sent'));
    this.#device.store.stage({ rows: [row] });
    if (!isCounted(parcel)) await this.#change(parcel.delivery, oneMoreSent);
    if (isFinal) await this.#change(parcel.delivery, oneMoreUnheard);
  }

  /**
   * A receipt: from the station of this session, or from whom the parcel was for.
   * @returns whom it was for, when that one has it
   */
  async receipt({ origin, text }: ReceiptCommand, sender: ID, station: ID | undefined): Promise<ID | undefined> {
    const { signature, receiver: named } = origin ?? {};
    if (signature === undefined) return undefined;
    const isStation = station?.equals(sender) === true;
    const receiver = isStation ? named : sender;
    if (receiver === undefined) return undefined;
    const parcel = await this.parcels.get(this.#device.store, parcelKey(signature, receiver));
    if (parcel === undefined) return undefined;
    if (isStation && !parcel.receiver.equals(sender)) {
      const word = wordOfStation(text);
      if (word === 'stored') await this.#stored(parcel);
      else if (word !== undefined) await this.#notTaken(parcel, word);
      return undefined;
    }
    this.remove(parcel);
    await this.#change(parcel.delivery, (record) => {
      const now = isCounted(parcel) ? record : oneMoreSent(record);
      return counted({ ...now, delivered: now.delivered + 1 });
    });
    return parcel.receiver;
  }

  async #stored(parcel: Parcel): Promise<void> {
    if (parcel.state === 'stored') return;
    // Nobody waits for an answer to what the client sends by itself.
    if (parcel.delivery === undefined) return this.remove(parcel);
    this.#device.store.stage({ rows: [this.parcels.put(this.#moved(parcel, 'stored'))] });
    if (!isCounted(parcel)) await this.#change(parcel.delivery, oneMoreSent);
  }

  /** The station says that it has not taken a parcel. */
  async #notTaken(parcel: Parcel, error: DimError): Promise<void> {
    // It has it for another device of the receiver, and said so before.
    if (parcel.state === 'stored') return;
    // Nobody would be told, or could try again: what the client sends by itself goes out later, as what got no receipt.
    if (parcel.delivery === undefined) return;
    this.remove(parcel);
    await this.#change(parcel.delivery, (record) => {
      const sent = isCounted(parcel) ? record.sent - 1 : record.sent;
      return counted({ ...record, sent, failed: record.failed + 1, error: record.error ?? error });
    });
  }

  /** A parcel of which it is not known whether the station kept it goes out again: who has it ignores the second one. */
  requeue(parcel: Parcel): void {
    this.#device.store.stage({ rows: [this.parcels.put(this.#moved(parcel, 'queued'))] });
  }

  /** A parcel goes out no more; its receiver may still say that it has it. */
  rest(parcel: Parcel): void {
    if (parcel.delivery === undefined) return this.remove(parcel);
    this.#device.store.stage({ rows: [this.parcels.put(this.#moved(parcel, 'stored'))] });
  }

  /** Its receiver will not say that it has a parcel: its delivery stays what it is. */
  async giveUp(parcel: Parcel): Promise<void> {
    this.remove(parcel);
    await this.#change(parcel.delivery, oneMoreUnheard);
  }

  /** A parcel can go out no more: nobody would take it. */
  async expire(parcel: Parcel): Promise<void> {
    await this.#drop(parcel, new DimError('DELIVERY_EXPIRED', 'could not be sent in time'));
  }

  async #drop(parcel: Parcel, error: DimError): Promise<void> {
    // A station had it once, and may have it still.
    if (isCounted(parcel)) return this.giveUp(parcel);
    this.remove(parcel);
    await this.failedFor(parcel.receiver, parcel.delivery, error);
  }

  /** Others go out before a parcel. */
  async postpone(key: string): Promise<void> {
    const parcel = await this.parcels.get(this.#device.store, key);
    if (parcel?.state !== 'queued') return;
    this.#device.store.stage({ rows: [this.parcels.put({ ...parcel, place: this.#device.sequence.next() })] });
  }

  /** No connection takes a parcel. */
  async refused(key: string, error: DimError): Promise<void> {
    const parcel = await this.parcels.get(this.#device.store, key);
    if (parcel?.state !== 'queued') return;
    await this.#drop(parcel, error);
  }

  /** What is not needed any more. */
  remove(parcel: Parcel): void {
    this.#given.delete(parcel.key);
    this.#device.store.stage({ rows: [this.parcels.remove(parcel.key)] });
  }

  #moved(parcel: Parcel, state: Parcel['state']): Parcel {
    const attempts = state === 'sent' ? parcel.attempts + 1 : parcel.attempts;
    // What a connection took needs to stand behind nobody any more.
    return { ...parcel, state, attempts, place: parcel.packedAt, changedAt: this.#device.clock.now() };
  }

  async #change(id: string | undefined, change: (record: DeliveryRecord) => DeliveryRecord): Promise<void> {
    const { store } = this.#device;
    const record = id === undefined ? undefined : await this.deliveries.get(store, id);
    if (record === undefined || record.isClosed) return;
    const changed = closedIfOver(change(record));
    store.stage({ rows: [this.deliveries.put(changed)], onceKept: () => this.#changed(changed) });
  }
}

/** Whether a delivery knows that a station has the parcel, or had it once. */
function isCounted({ state, attempts }: Parcel): boolean {
  return state !== 'queued' || attempts > 0;
}

/** One more of its parcels is at the station. */
function oneMoreSent(record: DeliveryRecord): DeliveryRecord {
  return counted({ ...record, sent: record.sent + 1 });
}

/** One more of those who have it, or may have it, will not say so. */
function oneMoreUnheard(record: DeliveryRecord): DeliveryRecord {
  return { ...record, unheard: record.unheard + 1 };
}

/** Stations and everybody send none. */
export function expectsReceipt(receiver: ID): boolean {
  return !receiver.isBroadcast && receiver.isUser && !STATION_TYPES.has(receiver.type);
}

/** `EntityType.STATION` and `EntityType.ISP`. */
const STATION_TYPES: ReadonlySet<number> = new Set([0x02, 0x03]);
