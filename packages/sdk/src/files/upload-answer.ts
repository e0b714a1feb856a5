/**
 * What a file service answers to an upload.
 *
 * `{ "code": 200, "message", "filename", "url" }` · `{ "code", "message" }`
 * The status of HTTP is 200 for all of them; another one is of what stands before the service.
 */
import { DimError, type JsonMap } from 'dimp';
import { fieldOf, parseJsonMap } from 'dimp/extend';
import { isHttpUrl } from 'dimp/internal';
import type { UploadedFile } from '../ports/file-service.ts';
import type { FormAnswer } from './form-file.ts';

/** What codes say that no other attempt changes: where to look, and what for. */
const REFUSALS: Readonly<Record<number, readonly [path: string, reason: string]>> = {
  400: ['url', 'the service misses a part of the address: it needs {ID}, {MD5}, {SALT} and a file name'],
  401: ['secret', 'the service does not accept the digest: the secret is another one'],
  403: ['size', 'the file is too large for the service, or the service does not know the secret'],
  404: ['url', 'there is no file service at this address'],
  405: ['url', 'there is no file service at this address'],
  413: ['size', 'the file is too large for the service'],
  415: ['filename', 'the service does not take files with this extension'],
  417: ['filename', 'the service takes only files with an extension'],
};

/** Characters of a service's own words that are kept. */
const MAX_MESSAGE = 200;

/**
 * Reads the answer.
 * @throws DimError `FILE_REFUSED`, `FILE_TRANSFER`, with the service's own words as the cause
 */
export function readUploadAnswer({ status, text }: FormAnswer): UploadedFile {
  const answer = readMap(text);
  const code = readCode(answer) ?? status;
  if (code === 200) return { url: readUrl(answer) };
  const cause = messageOf(answer);
  const refusal = REFUSALS[code];
  if (refusal !== undefined) throw new DimError('FILE_REFUSED', refusal[1], { path: refusal[0], cause });
  if (code === 204) throw new DimError('FILE_TRANSFER', 'the service found no file in what it got', { cause });
  // Too early, too much at once, too slow: these are of now.
  const isOfNow = code < 400 || code >= 500 || [408, 425, 429].includes(code);
  throw new DimError(isOfNow ? 'FILE_TRANSFER' : 'FILE_REFUSED', `the service answers ${code}`, { cause });
}

function readMap(text: string): JsonMap | undefined {
  try {
    return parseJsonMap(text);
  } catch {
    return undefined;
  }
}

function readCode(answer: JsonMap | undefined): number | undefined {
  const code = answer === undefined ? undefined : fieldOf(answer, 'code');
  const isNumber = typeof code === 'number' || typeof code === 'string';
  return isNumber && /^[1-5]\d\d$/.test(String(code)) ? Number(code) : undefined;
}

function readUrl(answer: JsonMap | undefined): string {
  const url = answer === undefined ? undefined : (fieldOf(answer, 'url') ?? fieldOf(answer, 'URL'));
  if (typeof url === 'string' && isHttpUrl(url)) return url;
  throw new DimError('FILE_TRANSFER', 'the service took the file, and does not say where it is', { path: 'url' });
}

function messageOf(answer: JsonMap | undefined): Error | undefined {
  const message = answer === undefined ? undefined : fieldOf(answer, 'message');
  if (typeof message !== 'string') return undefined;
  return new Error(message.slice(0, MAX_MESSAGE).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '?'));
}
