/** Addresses of the network, and what of them is one customer. */
import { isIP, isIPv6 } from 'node:net';

const MAPPED = '::ffff:';

/** An address as it is written most simply: that of IPv4 where one is mapped into IPv6. */
export function plainAddress(address: string): string {
  const lower = address.toLowerCase();
  const rest = lower.startsWith(MAPPED) ? lower.slice(MAPPED.length) : '';
  return isIP(rest) === 4 ? rest : lower;
}

/** Whether an address is this machine's own for itself. A Unix socket has none. */
export function isLocalAddress(address: string | undefined): boolean {
  if (address === undefined) return true;
  const plain = plainAddress(address);
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/** Whether a host, without brackets, is this machine for itself: no page can let another name lead here that is among these. */
export function isLocalHost(host: string): boolean {
  return host.toLowerCase() === 'localhost' || isLocalAddress(host);
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
