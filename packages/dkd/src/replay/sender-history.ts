/** What a replay window remembers of one sender, and how several of them share its room. */

/** The messages of one sender that are remembered. */
export class SenderHistory {
  /** What identifies a message, and the time of its content. */
  readonly seen: Map<string, number>;
  /** Messages up to this time are refused: some of them are no longer remembered. */
  forgotten: number;

  constructor(forgotten: number, seen: Iterable<readonly [id: string, time: number]> = []) {
    this.forgotten = forgotten;
    this.seen = new Map(seen);
  }

  /** A horizon in the future is that of a clock that was wrong: it counts up to now, and so heals by itself. */
  heal(now: number): void {
    if (this.forgotten > now) this.forgotten = now;
  }

  /** The latest time of what is remembered. */
  get latest(): number {
    let latest = this.forgotten;
    for (const time of this.seen.values()) latest = Math.max(latest, time);
    return latest;
  }

  /** Forgets what is older than a time. */
  forgetBefore(time: number): void {
    for (const [id, at] of this.seen) if (at < time) this.#forget(id, at);
  }

  /** How many are remembered that can be forgotten: what is dated later than `now` cannot. */
  pastSize(now: number): number {
    let size = 0;
    for (const time of this.seen.values()) if (time <= now) size++;
    return size;
  }

  /**
   * Forgets the oldest until `count` are left, beside what is dated later than `now`. That stays in any case: forgotten, it
   * would be new again, or everything until then would have to be refused.
   */
  keepNewest(count: number, now: number): void {
    if (this.seen.size <= count) return;
    const past = [...this.seen].filter(([, at]) => at <= now).sort(([, one], [, other]) => one - other);
    for (const [id, at] of past.slice(0, Math.max(0, past.length - count))) this.#forget(id, at);
  }

  #forget(id: string, at: number): void {
    this.seen.delete(id);
    this.forgotten = Math.max(this.forgotten, at);
  }
}

/**
 * How much each may keep, so that all together have room: those with little keep it all, the largest give.
 * @param sizes how much each has
 */
export function fairShare(sizes: readonly number[], room: number): number {
  let left = room;
  let claimants = sizes.length;
  for (const size of [...sizes].sort((one, other) => one - other)) {
    const share = Math.floor(left / claimants);
    if (size > share) return share;
    left -= size;
    claimants--;
  }
  return room;
}
