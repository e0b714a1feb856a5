/**
 * Whose pages may open a WebSocket here. No page can speak for a person without that person's keys; but a page of a stranger could
 * use the addresses of its visitors, and reach a station that only their machine or network can. A program that is no browser
 * names no page, and is asked for none.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLocalHost } from '../link/networks.ts';
import { ownHost, type OwnAddressOptions } from './own-address.ts';

/** What is known of them beforehand. */
export interface ConnectRules extends OwnAddressOptions {
  /** Origins whose pages may connect, beside the station's own; `*` for all of them. Undefined where the operator does not say. */
  readonly origins: ReadonlySet<string> | undefined;
  /** The name under which clients find the station. */
  readonly publicHost: string | undefined;
  /** Whether the station has a page of its own. */
  readonly hasPage: boolean;
  /** Whether it is for clients of this machine alone. */
  readonly isForMachine: boolean;
}

/** Tells of a request for a WebSocket whether it is answered with one. */
export function mayConnect(rules: ConnectRules): (request: IncomingMessage) => boolean {
  const { origins, hasPage, isForMachine } = rules;
  return (request) => {
    const { origin } = request.headers;
    if (origin === undefined) return true;
    if (origins?.has(origin) === true || origins?.has(ANY) === true || isOwn(request, origin, rules)) return true;
    if (origins !== undefined) return false;
    // Whoever serves a page on this machine is on it already.
    return isForMachine ? isOfMachine(origin) : !hasPage;
  };
}

/** For all pages. */
export const ANY = '*';

/** Whether a page of this station asks. Proxies may have taken TLS away, so that the scheme says nothing. */
function isOwn(request: IncomingMessage, origin: string, { publicHost, isForMachine, ...own }: ConnectRules): boolean {
  const place = placeOf(origin);
  if (place === undefined) return false;
  if (publicHost !== undefined && place.hostname === plain(publicHost)) return true;
  // A page of a stranger may have made a name of its own lead to this machine.
  return place.host === ownHost(request, own) && (!isForMachine || isIP(place.hostname) !== 0 || isOfMachine(origin));
}

function isOfMachine(origin: string): boolean {
  const { hostname } = placeOf(origin) ?? {};
  return hostname !== undefined && isLocalHost(hostname);
}

/** Of a page without a place, as in a sandbox, the origin is `null`. */
function placeOf(origin: string): { readonly host: string; readonly hostname: string } | undefined {
  if (!URL.canParse(origin)) return undefined;
  const { host, hostname } = new URL(origin);
  return host === '' ? undefined : { host, hostname: plain(hostname) };
}

function plain(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
}
