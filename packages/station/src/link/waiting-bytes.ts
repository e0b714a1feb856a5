/**
 * What went out to clients and is not taken, or not acknowledged, of all links together. Where it is too much, the links with the
 * most of it end: messages of theirs are kept in mailboxes, and go out again at the next login. Of those with about as much, the ones
 * end that have taken nothing for longest: not whoever has just come in, and gets what has waited.
 */

/** What an array of bytes weighs beside them. */
const OVERHEAD = 64;
/** Links have about as much, where none has so many times what another one has: one that has just begun counts what it sends twice. */
const ALIKE = 4;
/** So much of the limit is left when room was made: else the next message would have to make room again. */
const LEFT = 7 / 8;

/** That of all links. */
export class WaitingBytes {
  readonly #limit: number;
  /** Those that have taken nothing for longest come first. */
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
    if (bytes < 0) this.#shares.delete(share);
    if (share.bytes > 0) this.#shares.add(share);
  }

  /** Ends links until there is room. */
  makeRoom(): void {
    if (this.#bytes <= this.#limit) return;
    while (this.#bytes > this.#limit * LEFT && this.#shares.size > 0) this.#endSome();
  }

  #endSome(): void {
    let most = 0;
    for (const { bytes } of this.#shares) most = Math.max(most, bytes);
    for (const share of this.#shares) {
      if (this.#bytes <= this.#limit * LEFT) return;
      if (share.bytes * ALIKE >= most) share.end();
    }
  }
}

/** That of one link. */
export class WaitingShare {
  /** Ends the link, and clears this with it. */
  readonly end: () => void;
  readonly #all: WaitingBytes;
  #bytes = 0;
  #isOver = false;

  constructor(all: WaitingBytes, end: () => void) {
    this.#all = all;
    this.end = end;
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
