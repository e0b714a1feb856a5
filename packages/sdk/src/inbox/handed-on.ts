/**
 * Messages that came in another one, and are not read yet. They are kept in the commit by which that one is read, as it will not
 * come again, and go away in the one that keeps what became of them.
 */
import { isDimError, type Content, type ID, type ReliableMessage } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { Table } from '../store/own-rows.ts';
import { HANDED_ON, handedOnTable, type HandedOnMessage } from './handed-on-table.ts';
import { randomKey } from './random-key.ts';
import type { Unread } from './read-messages.ts';

/** How many are read again in one commit. */
const BATCH = 100;

/** Keeps what others have handed on. What it changes it stages, inside `exclusive` alone. */
export class HandedOn<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #table: Table<HandedOnMessage>;
  /** Whether some may have been left: of before a restart, or a failure. */
  mayHaveLeft = true;

  constructor(device: OwnDevice<C>) {
    this.#device = device;
    this.#table = handedOnTable(device.dim);
  }

  /** One came. */
  add(message: ReliableMessage, forwarder: ID): Unread {
    const [key, order] = [randomKey(), this.#device.sequence.next()];
    const row = this.#table.put({ key, bytes: message.encode(), forwarder, order });
    this.#device.store.stage({ rows: [row] });
    return { message, forwarder, handedOn: key };
  }

  /** It is staged what became of them. */
  remove(unread: readonly Unread[]): void {
    const keys = unread.map(({ handedOn }) => handedOn).filter((key) => key !== undefined);
    this.#device.store.stage({ rows: keys.map((key) => this.#table.remove(key)) });
  }

  /** Those that were left. */
  async left(): Promise<readonly Unread[]> {
    const page = await this.#table.list(this.#device.store, HANDED_ON, { limit: BATCH });
    this.mayHaveLeft = page.length > 0;
    const unread: Unread[] = [];
    for (const { key, bytes, forwarder } of page) {
      try {
        unread.push({ message: this.#device.dim.ReliableMessage.decode(bytes), bytes, forwarder, handedOn: key });
      } catch (error) {
        if (!isDimError(error)) throw error;
        // It was read before it was kept: limits are smaller than they were.
        this.#device.store.stage({ rows: [this.#table.remove(key)] });
      }
    }
    return unread;
  }
}
