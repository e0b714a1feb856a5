/**
 * How much room there is for files, and how much of it one address may take: as much as is free besides, as of a mailbox. So one
 * alone fills half, and leaves room for others.
 *
 * Whose they are is known of files that came since the start; where they came from is not written down.
 */
import { networkOf } from '../link/networks.ts';

/** A small file takes so much, too: a disk gives it a block and a name. */
export const LEAST_BYTES = 16 * 1024;

/** What all files together may have, unless somebody says otherwise. */
export const TOTAL_BYTES = 2 ** 30;

/** Why there is no room. */
export type NoRoom = 'full' | 'share';

/** The room, and what is taken of it. */
export class FileRoom {
  readonly #total: number;
  readonly #shares = new Map<string, number>();
  #taken = 0;

  /** @param total bytes of all files together */
  constructor(total: number) {
    this.#total = total;
  }

  /** Bytes that are taken, those of files that are still coming among them. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes room for somebody. @returns why not, where there is none: nothing is taken then */
  take(address: string, bytes: number): NoRoom | undefined {
    const free = this.#total - this.#taken;
    if (bytes > free) return 'full';
    const network = networkOf(address);
    const share = this.#shares.get(network) ?? 0;
    if (share + bytes > free) return 'share';
    this.#shares.set(network, share + bytes);
    this.#taken += bytes;
    return undefined;
  }

  /** Takes room for what is there already, whoever brought it. */
  found(bytes: number): void {
    this.#taken += bytes;
  }

  /** Gives room back. @param address undefined for what was there already */
  give(address: string | undefined, bytes: number): void {
    this.#taken -= bytes;
    if (address === undefined) return;
    const network = networkOf(address);
    const share = (this.#shares.get(network) ?? 0) - bytes;
    if (share > 0) this.#shares.set(network, share);
    else this.#shares.delete(network);
  }
}

/** What a file takes. */
export function costOf(size: number): number {
  return Math.max(size, LEAST_BYTES);
}
