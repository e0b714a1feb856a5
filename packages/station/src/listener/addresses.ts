/** Addresses of clients: how many connections each has, and who they are behind a proxy. */
import { isIP, isIPv6 } from 'node:net';

const MAPPED = '::ffff:';
/** Letters of a header that are read; a proxy appends to what came, so the end counts. */
const LONGEST_HEADER = 1024;

/** An address as it is written most simply: that of IPv4 where one is mapped into IPv6. */
export function plainAddress(address: string): string {
  const lower = address.toLowerCase();
  const rest = lower.startsWith(MAPPED) ? lower.slice(MAPPED.length) : '';
  return isIP(rest) === 4 ? rest : lower;
}

/** What shares a limit: an address of IPv4, or a network of 64 bits, as one customer has it. */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = (plain.split('%', 1)[0] ?? '').split('::');
  const words = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  // An address of IPv4 at the end stands for two words.
  const count = words.length + rest.length + (rest.at(-1)?.includes('.') === true ? 1 : 0);
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - count) }, () => '0');
  return [...words, ...zeros, ...rest]
    .slice(0, 4)
    .map((word) => Number.parseInt(word, 16).toString(16))
    .join(':');
}

/**
 * The address of a client whose request came from a proxy: the last in `X-Forwarded-For` that is no proxy. What stands before
 * it, anybody may have written.
 *
 * @returns undefined where the header names none
 */
export function forwardedAddress(header: string | undefined, proxies: ReadonlySet<string>): string | undefined {
  if (header === undefined) return undefined;
  const names = header.slice(-LONGEST_HEADER).split(',');
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    const address = plainAddress(name.trim());
    if (isIP(address) === 0) return undefined;
    if (!proxies.has(address)) return address;
  }
  return undefined;
}

/** Counts connections by networks. */
export class AddressCounts {
  readonly #limit: number;
  readonly #counts = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns whether there is room for one more; it is counted then */
  enter(address: string): boolean {
    const network = networkOf(address);
    const count = this.#counts.get(network) ?? 0;
    if (count >= this.#limit) return false;
    this.#counts.set(network, count + 1);
    return true;
  }

  leave(address: string): void {
    const network = networkOf(address);
    const count = this.#counts.get(network) ?? 0;
    if (count > 1) this.#counts.set(network, count - 1);
    else this.#counts.delete(network);
  }
}
