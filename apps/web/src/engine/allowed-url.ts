/**
 * From where files are fetched. Their URLs are chosen by whoever sent them, and this browser reaches what that one may not: itself,
 * machines of its network, and what else is at the host of this page.
 *
 * A name of the web may still lead to an address of the network at home: no page can ask what a name leads to. All that is got there
 * is what answers a plain `GET` with leave for this page to read it.
 */
import { DimError } from 'dimp';
import { shownLine } from './shown-text.ts';

/** Names that lead to no public host (RFC 6761, 6762, 8375, 9476). */
const ENDINGS = ['.localhost', '.local', '.internal', '.home.arpa', '.lan', '.home', '.intranet', '.corp', '.test'];

/** Where the station of a page has its files, beside the page. */
const FILES = 'files/';

/** @throws DimError `FILE_REFUSED`, by the `allowUrl` that it gives */
export function allowedUrl(page: string, service: string | undefined): (url: URL) => boolean {
  const files = new URL(FILES, page);
  const chosen = service !== undefined && URL.canParse(service) ? new URL(service).origin : undefined;
  const pageHost = hostOf(files);
  return (url) => {
    if (isAllowed(url)) return true;
    const { hostname } = url;
    throw new DimError('FILE_REFUSED', `is said to be at ${shownLine(hostname, 80)}, from where nothing is fetched`, {
      path: 'URL',
    });
  };

  function isAllowed(url: URL): boolean {
    if (url.username !== '' || url.password !== '') return false;
    if (url.origin === files.origin) return isBelow(url.pathname, files.pathname);
    // The service that the person or the server of this page has chosen, wherever it is.
    if (url.origin === chosen) return true;
    return url.protocol === 'https:' && hostOf(url) !== pageHost && !isPrivateHost(hostOf(url));
  }
}

/** Whether a path leads to something within a folder, however a server reads it. */
function isBelow(path: string, folder: string): boolean {
  // A slash or a dot that is written by its number is one to some servers: `..` would lead out again.
  return path.startsWith(folder) && path.length > folder.length && !/%2e|%2f|%5c/i.test(path.slice(folder.length));
}

/** A name with a dot at its end is the same without. */
function hostOf({ hostname }: URL): string {
  let end = hostname.length;
  while (end > 0 && hostname[end - 1] === '.') end--;
  return hostname.slice(0, end).toLowerCase();
}

/** Whether a host may be this machine, or one of its network. An address of numbers is taken for one: services have names. */
function isPrivateHost(host: string): boolean {
  const isAddress = host.startsWith('[') || /^[0-9.]{1,64}$/.test(host);
  return isAddress || !host.includes('.') || ENDINGS.some((ending) => host.endsWith(ending));
}
