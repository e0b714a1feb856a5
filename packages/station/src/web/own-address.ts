/**
 * Where a browser finds this station: what the operator says, else what the request says. A client may write anything into that; it
 * goes back to this client alone, and only where it is the name of a host.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { TLSSocket } from 'node:tls';
import { isFromProxy } from '../listener/addresses.ts';

/** What is known beforehand. */
export interface OwnAddressOptions {
  /** Where it is found from outside: a URL that ends with a slash. */
  readonly publicUrl: string | undefined;
  /** Addresses of proxies that are believed. */
  readonly proxies: ReadonlySet<string>;
}

/** A name or an address, and a port. */
const HOST = /^(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/** `chat.example:9394`; undefined where the request names none. */
export function ownHost(request: IncomingMessage, { publicUrl, proxies }: OwnAddressOptions): string | undefined {
  if (publicUrl !== undefined) return new URL(publicUrl).host;
  const { host, 'x-forwarded-host': forwarded } = request.headers;
  const name = (isFromProxy(request, proxies) ? lastOf(forwarded) : undefined) ?? host;
  return name !== undefined && HOST.test(name) ? name.toLowerCase() : undefined;
}

/** A URL that ends with a slash; undefined where the request names no host. */
export function ownUrl(request: IncomingMessage, options: OwnAddressOptions): string | undefined {
  if (options.publicUrl !== undefined) return options.publicUrl;
  // A proxy that nobody has named may have taken TLS away: the browser knows, and no page can say so in its place.
  if (isFromOwnPage(request)) return urlOf(`${request.headers.origin ?? ''}/`);
  const host = ownHost(request, options);
  if (host === undefined) return undefined;
  const isSecure = isFromProxy(request, options.proxies)
    ? lastOf(request.headers['x-forwarded-proto']) === 'https'
    : request.socket instanceof TLSSocket;
  return urlOf(`${isSecure ? 'https' : 'http'}://${host}/`);
}

/**
 * Whether a page of this station has sent a request. Browsers say so to places alone to which no other name can be made to lead: by
 * TLS, or on the machine itself.
 */
function isFromOwnPage({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-site'] === 'same-origin' && headers.origin !== undefined;
}

/**
 * Whether what has sent a request may write here: a page of this station, one of an origin that the operator names, or a program that
 * is no browser. A page of a stranger would fill the disk by the hands of its visitors.
 */
export function isWelcome(
  request: IncomingMessage,
  { origins, ...own }: OwnAddressOptions & { readonly origins: ReadonlySet<string> },
): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined && origins.has(origin)) return true;
  // What browsers send says where it is from, unless they are old.
  if (site !== undefined) return site === 'same-origin' || (site === 'none' && origin === undefined);
  if (origin === undefined) return true;
  const url = ownUrl(request, own);
  return url !== undefined && new URL(url).origin === origin && (own.publicUrl !== undefined || isAddress(url));
}

/** Whether a page cannot have made a name of its own lead here: there is none. */
function isAddress(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

/** A proxy puts what it says behind what came, or in its place. */
function lastOf(header: string | readonly string[] | undefined): string | undefined {
  const text = typeof header === 'string' ? header : header?.at(-1);
  return text
    ?.slice(text.lastIndexOf(',') + 1)
    .trim()
    .toLowerCase();
}

function urlOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, origin } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && HOST.test(host) ? `${origin}/` : undefined;
}
