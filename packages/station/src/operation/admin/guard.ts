/**
 * Who may ask what of the admin port. Health and metrics tell nothing of people; the rest is for whoever is on this machine and can
 * read the token.
 *
 * A page in a browser on this machine can send requests here, too: by a form, or by a name of its own that it lets point to
 * 127.0.0.1. So what names another host, or says that a page has sent it, is refused.
 */
import type { IncomingMessage } from 'node:http';
import { isLocalAddress, isLocalHost } from '../../link/networks.ts';
import { isToken } from './admin-token.ts';

/** Why a request is not answered. */
export interface Refusal {
  readonly status: number;
  readonly error: string;
}

/** What the guard has to know. */
export interface GuardOptions {
  readonly token: string;
  /** Whether the operator lets other machines reach the port. */
  readonly isOpen: boolean;
}

/** @param isPublic whether it is for health or metrics */
export function refusalOf(request: IncomingMessage, isPublic: boolean, options: GuardOptions): Refusal | undefined {
  const { headers, socket } = request;
  if (headers.origin !== undefined || (headers['sec-fetch-site'] ?? 'none') !== 'none')
    return { status: 403, error: 'web pages are not answered' };
  if (!(isPublic && options.isOpen) && !isLocalName(headers.host))
    return { status: 403, error: 'the Host must be an address of this machine, or localhost' };
  if (isPublic) return undefined;
  if (!isLocalAddress(socket.remoteAddress)) return { status: 403, error: 'only this machine is answered' };
  const [, given = ''] = /^Bearer ([\w-]{1,200})$/.exec(headers.authorization ?? '') ?? [];
  if (!isToken(given, options.token))
    return { status: 401, error: 'needs "Authorization: Bearer" with what is in admin-token of the data folder' };
  if (request.method === 'POST' && headers['content-type'] !== 'application/json')
    return { status: 415, error: 'must be application/json' };
  return undefined;
}

/** Names that no page can let point here. */
function isLocalName(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d{1,5}$/, '').replace(/^\[([^\]]*)\]$/, '$1');
  return isLocalHost(name);
}
