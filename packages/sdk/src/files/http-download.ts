/** Downloading from URLs that peers chose. */
import { DimError } from 'dimp';
import { isHttpUrl } from 'dimp/internal';
import type { DownloadRequest, Fetch, FileBody } from '../ports/file-service.ts';

/** How {@link downloadByHttp} downloads. */
export interface HttpDownloadOptions {
  readonly fetch: Fetch;
  /** Whether the application downloads from a URL; asked of each redirect as well. */
  readonly allowUrl: (url: URL) => boolean;
}

/** Redirects in a row. */
const MAX_REDIRECTS = 5;

/** Statuses that are of now: another attempt may bring another one. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/** Of the 3xx, those that lead elsewhere. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for a file, or the rest of it. @throws DimError as `FileService.download`
 */
export async function downloadByHttp(
  url: string,
  request: DownloadRequest,
  options: HttpDownloadOptions,
): Promise<FileBody> {
  const response = await follow(checkUrl(url, options), request, options);
  try {
    return readBody(response, request.from ?? 0);
  } catch (error) {
    await discard(response);
    throw error;
  }
}

/** Goes where redirects lead to, as far as each may be followed. */
async function follow(start: URL, request: DownloadRequest, options: HttpDownloadOptions): Promise<Response> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await ask(url, request, options, 'manual');
    if (response.type === 'opaqueredirect') return followUnseen(url, request, options);
    if (!REDIRECTS.has(response.status)) return response;
    const location = response.headers.get('location');
    await discard(response);
    url = nextUrl(url, location, options);
  }
  throw new DimError('FILE_REFUSED', `is redirected more than ${MAX_REDIRECTS} times`, { path: 'URL' });
}

/** Browsers follow by themselves, and tell where they came to. */
async function followUnseen(url: URL, request: DownloadRequest, options: HttpDownloadOptions): Promise<Response> {
  const response = await ask(url, request, options, 'follow');
  try {
    nextUrl(url, response.url, options);
    return response;
  } catch (error) {
    await discard(response);
    throw error;
  }
}

function ask(
  url: URL,
  { from = 0, signal }: DownloadRequest,
  options: HttpDownloadOptions,
  redirect: RequestRedirect,
): Promise<Response> {
  const headers = new Headers();
  if (from > 0) headers.set('range', `bytes=${from}-`);
  // Offsets are of the file as it lies there. A browser has its own ideas of this one, and ignores it.
  headers.set('accept-encoding', 'identity');
  return options.fetch(url, { headers, redirect, signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
}

/** @throws DimError `INPUT_FORMAT`, `FILE_REFUSED` */
function checkUrl(text: string, { allowUrl }: HttpDownloadOptions): URL {
  if (!isHttpUrl(text)) throw new DimError('INPUT_FORMAT', 'must be an http or https URL', { path: 'URL' });
  const url = new URL(text);
  if (allowUrl(url)) return url;
  throw new DimError('FILE_REFUSED', 'this application does not download from there', { path: 'URL' });
}

function nextUrl(from: URL, location: string | null, options: HttpDownloadOptions): URL {
  const url = location === null ? undefined : resolve(location, from);
  if (url === undefined) throw new DimError('FILE_REFUSED', 'is redirected to nowhere', { path: 'URL' });
  if (from.protocol === 'https:' && url.protocol !== 'https:')
    throw new DimError('FILE_REFUSED', 'is redirected from https to http', { path: 'URL' });
  return checkUrl(url.href, options);
}

function resolve(location: string, base: URL): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}

function readBody(response: Response, from: number): FileBody {
  const { status, headers } = response;
  const version = headers.get('etag') ?? headers.get('last-modified') ?? undefined;
  const isEncoded = (headers.get('content-encoding') ?? 'identity') !== 'identity';
  if (status === 200 || status === 203 || status === 204) {
    // Of another origin, a browser does not show that the length is that of a compressed form.
    const size = isEncoded || response.type === 'cors' ? undefined : readLength(headers.get('content-length'));
    return { stream: streamOf(response), from: 0, size, version };
  }
  if (status === 206 && from > 0 && !isEncoded) {
    const range = readRange(headers.get('content-range'));
    // Where a browser does not show it, it is what was asked for.
    if (range !== undefined && range.start !== from)
      throw new DimError('FILE_TRANSFER', 'the file service gives another part than it was asked for');
    return { stream: streamOf(response), from, size: range?.size, version };
  }
  if (status >= 500 || PASSING.has(status) || status < 400 || status === 416)
    throw new DimError('FILE_TRANSFER', `the file service answers ${status}`);
  throw new DimError('FILE_REFUSED', `the file service does not give it: ${status}`, { path: 'URL' });
}

function streamOf(response: Response): ReadableStream<Uint8Array> {
  return response.body ?? new Blob([]).stream();
}

function readLength(text: string | null): number | undefined {
  const length = text !== null && /^\d{1,16}$/.test(text) ? Number(text) : undefined;
  return Number.isSafeInteger(length) ? length : undefined;
}

/** `bytes 100-199/200`, or `/*` in place of the size. */
function readRange(text: string | null): { readonly start: number; readonly size: number | undefined } | undefined {
  const [, start, size] = /^bytes (\d{1,16})-\d{1,16}\/(\d{1,16}|\*)$/.exec(text ?? '') ?? [];
  return start === undefined ? undefined : { start: Number(start), size: readLength(size ?? null) };
}

/** Lets go of a connection whose body nobody will read. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}
