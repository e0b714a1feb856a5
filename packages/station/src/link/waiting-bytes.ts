/**
 * What went out to clients and is not taken, or not acknowledged, of all links together. Where it is too much, links end of those who
 * have the most of it: messages of theirs are kept in mailboxes, and go out again at the next login. All links of a user count together, and
 * those of an address over which nobody has logged in: with many of them nobody gets more room. Of those who have about as much, the
 * link ends that lets something wait for longest, whatever else it takes: not that of whoever has just come in, and gets what has waited.
 */

/** What an array of bytes weighs beside them. */
const OVERHEAD = 64;
/** They have about as much, where none has so many times what another one has: who has just come in counts what goes out twice, and its headers. */
const ALIKE = 2.25;
/** So much of the limit is left when room was made: else the next message would have to make room again. */
const LEFT = 7 / 8;

/** That of all links. */
export class WaitingBytes {
  readonly #limit: number;
  readonly #shares = new Set<WaitingShare>();
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The part of one link, from when it has something until it has nothing. */
  changed(share: WaitingShare, bytes: number): void {
    this.#bytes += bytes;
    if (share.bytes > 0) this.#shares.add(share);
    else this.#shares.delete(share);
  }

  /** Ends links until there is room. */
  makeRoom(): void {
    if (this.#bytes <= this.#limit) return;
    while (this.#bytes > this.#limit * LEFT) {
      const next = this.#next();
      if (next === undefined) return;
      next.end();
    }
  }

  #next(): WaitingShare | undefined {
    const owners = new Map<string, number>();
    for (const { owner, bytes } of this.#shares) owners.set(owner, (owners.get(owner) ?? 0) + bytes);
    const greedy = withMost([...this.#shares], ({ owner }) => owners.get(owner) ?? 0);
    let next: WaitingShare | undefined;
    let since = Infinity;
    // Of what such a one has, a link with little of it makes no room.
    for (const share of withMost(greedy, ({ bytes }) => bytes)) {
      const its = share.since;
      if (next !== undefined && its >= since) continue;
      next = share;
      since = its;
    }
    return next;
  }
}

/** Those with about as much as the one with the most. */
function withMost(shares: readonly WaitingShare[], bytesOf: (share: WaitingShare) => number): readonly WaitingShare[] {
  let most = 0;
  for (const share of shares) most = Math.max(most, bytesOf(share));
  return shares.filter((share) => bytesOf(share) * ALIKE >= most);
}

/** The link of a {@link WaitingShare}. */
export interface WaitingLink {
  /** Whose it is: what is the same for all links of a user, or of an address. */
  owner(): string;
  /** When the oldest was sent that is not taken or not acknowledged; `Infinity` where there is none. */
  since(): number;
  /** Ends it, and clears its part with it. */
  end(): void;
}

/** That of one link. */
export class WaitingShare {
  readonly #link: WaitingLink;
  readonly #all: WaitingBytes;
  #bytes = 0;
  #isOver = false;

  constructor(all: WaitingBytes, link: WaitingLink) {
    this.#all = all;
    this.#link = link;
  }

  get owner(): string {
    return this.#link.owner();
  }

  get since(): number {
    return this.#link.since();
  }

  end(): void {
    this.#link.end();
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Something waits. */
  add(bytes: number): void {
    this.#change(bytes + OVERHEAD);
  }

  /** Some of what was added waits no longer. */
  remove(bytes: number, count = 1): void {
    this.#change(-bytes - count * OVERHEAD);
  }

  /** Nothing waits any more, and nothing will. */
  clear(): void {
    this.#change(-this.#bytes);
    this.#isOver = true;
  }

  #change(bytes: number): void {
    if (this.#isOver) return;
    this.#bytes += bytes;
    this.#all.changed(this, bytes);
  }
}
