/** What is being written and is not sent: one text for a conversation. */
import type { ID } from 'dimp';
import type { ClientStore, Clock, RowChange } from 'dimsdk';
import { draftWithout } from '../protocol/draft-text.ts';
import { allRows, deleteRow, keep, putRow, rowOf, textIn } from './app-table.ts';
import { dim } from './dim.ts';
import { beginningOf, LONGEST_DRAFT } from './text-limits.ts';

const TABLE = 'app-draft';

export interface Draft {
  readonly id: ID;
  readonly text: string;
  /** When it was written. */
  readonly at: number;
}

export class Drafts {
  readonly #store: ClientStore;
  readonly #clock: Clock;
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(store: ClientStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** By entity keys. */
  async all(): Promise<ReadonlyMap<string, Draft>> {
    const drafts = new Map<string, Draft>();
    for (const { key, value, order } of await allRows(this.#store, TABLE)) {
      const id = dim.ID.tryParse(textIn(value, 'id') ?? '');
      const text = textIn(value, 'text');
      if (id !== undefined && text !== undefined) drafts.set(key, { id, text, at: order });
    }
    return drafts;
  }

  /** Keeps what is written; an empty text is none. @returns whether it is another one than before */
  async save(id: ID, text: string): Promise<boolean> {
    const kept = beginningOf(text, LONGEST_DRAFT);
    return this.inTurn(id, async () => {
      if ((await this.#textOf(id)) === kept) return false;
      await keep(this.#store, this.#rowFor(id, kept));
      return true;
    });
  }

  /** What takes a text that is sent out of the draft, and leaves what is written since. Within `inTurn` alone. */
  async rowsWithout(id: ID, sent: string): Promise<readonly RowChange[]> {
    const before = await this.#textOf(id);
    const text = draftWithout(before, sent);
    return text === before ? [] : [this.#rowFor(id, text)];
  }

  /** One change of a draft after the other, so that none is made of what another one has changed. */
  async inTurn<T>(id: ID, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(id.entityKey) ?? Promise.resolve();
    const mine = before.then(work);
    const done = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#turns.set(id.entityKey, done);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(id.entityKey) === done) this.#turns.delete(id.entityKey);
    }
  }

  async #textOf(id: ID): Promise<string> {
    return textIn(await rowOf(this.#store, TABLE, id.entityKey), 'text') ?? '';
  }

  #rowFor(id: ID, text: string): RowChange {
    if (text.trim() === '') return deleteRow(TABLE, id.entityKey);
    return putRow(TABLE, id.entityKey, { id: id.toString(), text }, this.#clock.now());
  }
}
