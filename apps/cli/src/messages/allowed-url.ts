/**
 * From where files are fetched. Their URLs are chosen by whoever sent them, and this device reaches what that one may not: itself,
 * and other machines of its network. Those are asked only where the file service of the home is at that very origin: at another port
 * of its host is something else.
 */
import { BlockList, isIP } from 'node:net';
import { DimError } from 'dimp';
import { printable } from '../text/printable.ts';

/** Of this machine, of networks at home and of companies, of no host at all (RFC 6890). */
const IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const;

/** The same, with those that stand for an address of IPv4. */
const IPV6 = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 32],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const;

/** Names that lead to no public host (RFC 6761, 6762, 8375, 9476). */
const ENDINGS = ['.localhost', '.local', '.internal', '.home.arpa', '.lan', '.home', '.intranet', '.corp'];

/** Two lists: in one, what stands for addresses of IPv4 would be all of them. */
function isListed(host: string, family: number): boolean {
  const list = new BlockList();
  if (family === 4) {
    for (const [net, prefix] of IPV4) list.addSubnet(net, prefix, 'ipv4');
    return list.check(host, 'ipv4');
  }
  for (const [net, prefix] of IPV6) list.addSubnet(net, prefix, 'ipv6');
  return list.check(host, 'ipv6');
}

/** Whether a host is this machine, or one of its network: by its name. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const family = isIP(host);
  if (family !== 0) return isListed(host, family);
  return !host.includes('.') || ENDINGS.some((ending) => host.endsWith(ending));
}

/**
 * The `allowUrl` of a file service: asked of each URL, also of those that a request is redirected to.
 * @param service where the home uploads files to, if anywhere
 * @param station where the station of the home answers, whose own files are fetched from there, and nothing else
 */
export function allowedUrl(service: string | undefined, station?: URL): (url: URL) => boolean {
  const own = service !== undefined && URL.canParse(service) ? new URL(service).origin : undefined;
  return ({ hostname, origin, pathname }) => {
    if (station !== undefined && origin === station.origin && pathname.startsWith(new URL('files/', station).pathname))
      return true;
    if (origin === own || !isPrivateHost(hostname)) return true;
    throw new DimError(
      'FILE_REFUSED',
      `the file is said to be at ${printable(hostname)}, which is this machine or one of its network: only where that is your own file service is it fetched from there (--files URL)`,
      { path: 'URL' },
    );
  };
}
