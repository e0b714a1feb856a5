/**
 * Requests of HTTP at the port for clients.
 *
 * `GET /` and what is below it: the chat
 * `GET /config.json`: what a page of this station uses: `{ "station", "id", "files", "fileBytes" }`, addresses relative to it
 * `POST /upload/{ID}/file`: takes a file · `GET /files/{name}`: gives it
 */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ID, JsonMap } from 'dimp';
import type { FileService } from '../files/file-service.ts';
import { notUploaded } from '../files/upload-answer.ts';
import { clientAddress } from '../listener/addresses.ts';
import type { AnswerRequest } from '../listener/http-side.ts';
import { givePage } from './give-page.ts';
import { isWelcome, ownHost, ownUrl } from './own-address.ts';
import { INDEX, type PageFiles } from './page-files.ts';
import { pagePolicy } from './page-headers.ts';
import { giveJson, giveNothing, giveText } from './short-answers.ts';

/** What is answered with. */
export interface WebParts {
  readonly id: ID;
  /** The page; none, if not given. */
  readonly page: PageFiles | undefined;
  /** Where files are kept; nowhere, if not given. */
  readonly files: FileService | undefined;
  /** Where it is found from outside: a URL that ends with a slash. */
  readonly publicUrl: string | undefined;
  readonly proxies: ReadonlySet<string>;
  /** Origins whose pages may upload, too. */
  readonly origins: ReadonlySet<string>;
  /** Addresses that the page may connect to, too. */
  readonly connect: readonly string[];
  /** Whose ID it may be that uploads: nobody's who is kept out. */
  mayUpload(id: string): boolean;
}

const UPLOAD = /^\/upload\/([^/]{1,200})\/file$/;
const FILE = /^\/files\/([0-9a-f]{32})$/;
const CONFIG = '/config.json';

/** Answers them. */
export function answerWeb(parts: WebParts): AnswerRequest {
  return async (request, response) => {
    const path = pathOf(request.url ?? '');
    if (path === undefined) return giveText(response, 'The path cannot be read.\n', { status: 400 });
    const { files } = parts;
    const [, uploader] = UPLOAD.exec(path) ?? [];
    if (files !== undefined && uploader !== undefined) return upload(request, response, { ...parts, files, uploader });
    const [, name] = FILE.exec(path) ?? [];
    if (request.method === 'OPTIONS' && name !== undefined) return giveNothing(response, ANYBODY_READS);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return giveText(response, 'There is nothing to write here.\n', { status: 405, headers: { Allow: 'GET, HEAD' } });
    if (files !== undefined && name !== undefined && (await files.give(request, response, name))) return;
    if (path === CONFIG) return giveJson(response, configOf(parts));
    const file = parts.page?.get(path === '/' ? INDEX : path.slice(1));
    if (file === undefined) return giveText(response, 'Not found.\n', { status: 404 });
    await givePage(request, response, file, pagePolicy(ownHost(request, parts), parts.connect));
  };
}

/** Without what a client appends, and decoded once; undefined for what is no path. */
function pathOf(url: string): string | undefined {
  const [path = ''] = url.split(/[?#]/, 1);
  try {
    return path.startsWith('/') ? decodeURIComponent(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Where a page finds what it needs, from where it is: a proxy may have this station below a path of its own. */
function configOf({ id, files }: WebParts): JsonMap {
  return {
    station: './',
    id: id.toString(),
    ...(files !== undefined && { files: './upload/{ID}/file', fileBytes: files.fileBytes }),
  };
}

interface UploadParts extends WebParts {
  readonly files: FileService;
  readonly uploader: string;
}

async function upload(request: IncomingMessage, response: ServerResponse, parts: UploadParts): Promise<void> {
  if (!isWelcome(request, parts)) return giveJson(response, NOT_WELCOME, { status: 403 });
  const { origin } = request.headers;
  const headers = origin !== undefined && parts.origins.has(origin) ? allowing(origin) : {};
  if (request.method === 'OPTIONS')
    return giveNothing(response, { ...headers, 'Access-Control-Allow-Methods': 'POST' });
  if (request.method !== 'POST')
    return giveText(response, 'Files come by POST.\n', { status: 405, headers: { Allow: 'POST' } });
  giveJson(response, await take(request, parts), { headers });
}

async function take(request: IncomingMessage, parts: UploadParts): Promise<JsonMap> {
  const url = ownUrl(request, parts);
  if (url === undefined) return notUploaded(400, 'The Host of the request is none.');
  if (!parts.mayUpload(parts.uploader)) return notUploaded(400, 'This is no ID of a user who may upload here.');
  return parts.files.take(request, { address: clientAddress(request, parts.proxies), place: `${url}files/` });
}

/** A client of this library takes it for an address that is wrong. */
const NOT_WELCOME = notUploaded(
  405,
  'Pages of other addresses may not upload here: public-url and upload-origins of the station say which may.',
);

function allowing(origin: string): OutgoingHttpHeaders {
  return { 'Access-Control-Allow-Origin': origin, Vary: 'Origin', 'Cross-Origin-Resource-Policy': 'cross-origin' };
}

/** Asked before a page of elsewhere asks for a part of a file. */
const ANYBODY_READS: OutgoingHttpHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'Range',
  'Access-Control-Max-Age': '86400',
};
