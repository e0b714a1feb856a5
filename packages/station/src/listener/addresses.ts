/** Addresses of clients: how many connections each has, and who they are behind a proxy. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { networkOf, plainAddress } from '../link/networks.ts';

/** Letters of a header that are read; a proxy appends to what came, so the end counts. */
const LONGEST_HEADER = 1024;

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

/** Whether a request was brought by a proxy that is believed. */
export function isFromProxy({ socket }: IncomingMessage, proxies: ReadonlySet<string>): boolean {
  return proxies.has(plainAddress(socket.remoteAddress ?? ''));
}

/** Where the client of a request is, as far as anybody says who is believed. */
export function clientAddress(request: IncomingMessage, proxies: ReadonlySet<string>): string {
  const host = plainAddress(request.socket.remoteAddress ?? '');
  if (!proxies.has(host)) return host;
  const header = request.headers['x-forwarded-for'];
  return forwardedAddress(Array.isArray(header) ? header.join(',') : header, proxies) ?? host;
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
