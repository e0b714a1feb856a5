/** How many uploads come at once: each holds a file open, and whoever sends slowly holds it for long. */
import { networkOf } from '../link/networks.ts';

const MOST = 64;
const MOST_OF_ADDRESS = 8;

/** Counts them. */
export class UploadsAtOnce {
  readonly #counts = new Map<string, number>();
  #all = 0;

  /** @returns whether one more may come; it is counted then */
  enter(address: string): boolean {
    const network = networkOf(address);
    const count = this.#counts.get(network) ?? 0;
    if (this.#all >= MOST || count >= MOST_OF_ADDRESS) return false;
    this.#counts.set(network, count + 1);
    this.#all += 1;
    return true;
  }

  leave(address: string): void {
    const network = networkOf(address);
    const count = (this.#counts.get(network) ?? 0) - 1;
    this.#all -= 1;
    if (count > 0) this.#counts.set(network, count);
    else this.#counts.delete(network);
  }
}
