/**
 * The room for strangers: which of their conversations are kept where there is no room for all. To be a stranger costs nothing, so that
 * a flood of them must push out itself: first leave those whose messages were all seen; then, of the day on which most of them came,
 * the newest. Who came on a quiet day, before a flood or after it, stays.
 */
import type { Content } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { Table } from '../store/own-rows.ts';
import type { ConversationRecord } from './conversation-table.ts';

const DAY = 24 * 60 * 60;

/** A stranger who has room. */
interface Place {
  readonly key: string;
  readonly since: number;
  readonly changedAt: number;
  /** Whether nothing of it is left that was not seen. */
  readonly isSeen: boolean;
}

/** Knows who has room, in memory. */
export class StrangerRoom<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #table: Table<ConversationRecord>;
  readonly #size: number;
  /** By entity key; undefined until it is read. */
  #places: Map<string, Place> | undefined;
  /** Those that something came of in this turn: it is not on the disk yet. */
  readonly #touched = new Set<string>();
  /** Whether what was changed is on the disk. */
  #isKept = true;

  /** @param size how many have room */
  constructor(device: OwnDevice<C>, table: Table<ConversationRecord>, size: number) {
    this.#device = device;
    this.#table = table;
    this.#size = size;
  }

  /** Another turn begins: what was planned in the last one is on the disk, or never will be. */
  begin(): void {
    if (!this.#isKept) this.#places = undefined;
    this.#isKept = true;
    this.#touched.clear();
  }

  /**
   * Looks for room for one more.
   * @returns the entity keys of those that leave for it; undefined where it has to stay outside
   */
  async admit(since: number): Promise<readonly string[] | undefined> {
    const places = await this.#read();
    const leaving: string[] = [];
    // Where the limit was higher before, not all leave at once.
    while (places.size - leaving.length >= this.#size && leaving.length < MOST_LEAVING) {
      const one = this.#nextToLeave(
        [...places.values()].filter(({ key }) => !leaving.includes(key)),
        since,
      );
      if (one === undefined) return undefined;
      leaving.push(one.key);
    }
    return leaving;
  }

  /** Something came of a stranger. */
  async note({ id: { entityKey: key }, since, changedAt }: ConversationRecord): Promise<void> {
    const places = await this.#read();
    places.set(key, { key, since, changedAt, isSeen: false });
    this.#touched.add(key);
    this.#changes();
  }

  /** Somebody is no stranger any more, or nothing is kept of that one. */
  forget(key: string): void {
    if (this.#places?.delete(key) === true) this.#changes();
  }

  /** Everything was seen that somebody has written. */
  seen(key: string): void {
    const place = this.#places?.get(key);
    if (place === undefined) return;
    this.#places?.set(key, { ...place, isSeen: true });
    this.#changes();
  }

  #changes(): void {
    this.#isKept = false;
    this.#device.store.stage({
      onceKept: () => {
        this.#isKept = true;
      },
    });
  }

  #nextToLeave(places: readonly Place[], since: number): Place | undefined {
    const settled = places.filter(({ key }) => !this.#touched.has(key));
    const seen = settled.filter(({ isSeen }) => isSeen);
    if (seen.length > 0) return seen.reduce((one, other) => (one.changedAt <= other.changedAt ? one : other));
    const days = new Map<number, Place[]>();
    for (const place of places) days.set(dayOf(place.since), [...(days.get(dayOf(place.since)) ?? []), place]);
    const today = days.get(dayOf(since))?.length ?? 0;
    const [fullest = []] = [...days.values()].sort((one, other) => other.length - one.length);
    if (fullest.length <= today) return undefined;
    return fullest
      .filter(({ key }) => !this.#touched.has(key))
      .reduce<Place | undefined>(
        (one, other) => (one !== undefined && one.since >= other.since ? one : other),
        undefined,
      );
  }

  async #read(): Promise<Map<string, Place>> {
    if (this.#places !== undefined) return this.#places;
    const { kept } = this.#device.store;
    const places = new Map<string, Place>();
    for await (const { id, since, changedAt } of this.#table.each(kept, 'stranger')) {
      const isSeen = (await kept.count(UNREAD, id.entityKey)) === 0;
      places.set(id.entityKey, { key: id.entityKey, since, changedAt, isSeen });
    }
    this.#places = places;
    return places;
  }
}

/** The table of messages that were not seen. */
export const UNREAD = 'unread';

/** How many leave at once at most. */
const MOST_LEAVING = 50;

function dayOf(time: number): number {
  return Math.floor(time / DAY);
}
