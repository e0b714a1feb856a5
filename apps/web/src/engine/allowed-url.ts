/**
 * From where files are fetched. Their URLs are chosen by whoever sent them, and this browser reaches what that one may not: itself,
 * and machines of its network. Those are asked only where this page, or the service that was chosen, is on that very host.
 */
import { DimError } from 'dimp';
import { shownLine } from './shown-text.ts';

/** Names that lead to no public host (RFC 6761, 6762, 8375, 9476). */
const ENDINGS = ['.localhost', '.local', '.internal', '.home.arpa', '.lan', '.home', '.intranet', '.corp', '.test'];

/** @throws DimError `FILE_REFUSED`, by the `allowUrl` that it gives */
export function allowedUrl(page: string, service: string | undefined): (url: URL) => boolean {
  const own = [page, service].filter((one) => one !== undefined && URL.canParse(one)).map((one) => new URL(one ?? ''));
  return ({ origin, hostname, protocol }) => {
    if (own.some((one) => one.origin === origin)) return true;
    if (protocol === 'https:' && !isPrivateHost(hostname)) return true;
    throw new DimError('FILE_REFUSED', `is said to be at ${shownLine(hostname, 80)}, from where nothing is fetched`, {
      path: 'URL',
    });
  };
}

/** Whether a host may be this machine, or one of its network. An address of numbers is taken for one: services have names. */
function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '').toLowerCase();
  const isAddress = host.startsWith('[') || /^[0-9.]{1,64}$/.test(host);
  return isAddress || !host.includes('.') || ENDINGS.some((ending) => host.endsWith(ending));
}
