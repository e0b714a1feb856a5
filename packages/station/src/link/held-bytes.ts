/**
 * What has come and is not acknowledged, or not a whole packet yet, of all links together. Where it is too much, links end of those
 * who have not logged in: anybody may be that. They alone never make others wait. Then nothing more is read of whoever has something
 * that the station has not kept; and where it grows all the same, links end of the users who hold the most.
 */

/** A user who holds less is not ended for what others hold. */
const FAIR_SHARE = 64 * 1024;
/** Above so much of the limit strangers end, until no more than so much is left: else the next piece would have to make room again. */
const FULL = 7 / 8;
const LEFT = 3 / 4;

/** The part of one link. */
export interface HeldShare {
  /** With what its payloads and pieces weigh beside theirs. */
  readonly bytes: number;
  /** Who has logged in; undefined before. */
  readonly user: string | undefined;
  /** Ends the link, and clears its part with it. */
  end(): void;
}

/** Those of all links. */
export class HeldBytes {
  readonly #limit: number;
  /** Of links without a user: those that have held something for longest come first. */
  readonly #strangers = new Set<HeldShare>();
  readonly #known = new Set<HeldShare>();
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether no more should be read that may be left unread. */
  get isFull(): boolean {
    return this.#bytes > this.#limit * FULL;
  }

  /** A link holds more, or less. @param bytes negative for those that are free again */
  changed(share: HeldShare, bytes: number): void {
    this.#bytes += bytes;
    const shares = share.user === undefined ? this.#strangers : this.#known;
    if (share.bytes > 0) shares.add(share);
    else shares.delete(share);
  }

  /** Somebody has logged in. */
  loggedIn(share: HeldShare): void {
    if (this.#strangers.delete(share)) this.#known.add(share);
  }

  /** Ends links, if it must be, until there is room. */
  makeRoom(): void {
    if (!this.isFull) return;
    for (const share of this.#strangers) {
      if (this.#bytes <= this.#limit * LEFT) return;
      share.end();
    }
    if (this.#bytes <= this.#limit) return;
    for (const share of this.#greedy()) {
      share.end();
      if (!this.isFull) return;
    }
  }

  /** Those of the users who hold the most, each time; of one user, the largest. */
  *#greedy(): Generator<HeldShare> {
    const left = new Set(this.#known);
    for (;;) {
      const users = new Map<string | undefined, number>();
      for (const { user, bytes } of left) users.set(user, (users.get(user) ?? 0) + bytes);
      let most = 0;
      for (const bytes of users.values()) most = Math.max(most, bytes);
      if (most <= FAIR_SHARE) return;
      let largest: HeldShare | undefined;
      for (const share of left)
        if (users.get(share.user) === most && share.bytes > (largest?.bytes ?? 0)) largest = share;
      if (largest === undefined) return;
      left.delete(largest);
      yield largest;
    }
  }
}
