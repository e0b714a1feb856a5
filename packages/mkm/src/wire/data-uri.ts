/** Data URIs (RFC 2397): `data:[mime][;name=value]*[;base64],body`. */
import { DimError } from '../errors/dim-error.ts';
import { decodeBase64 } from './base64.ts';
import { encodeUtf8 } from './utf8.ts';

/** What a data URI says. */
export interface DataUri {
  /** Undefined where the URI has none: then it is `text/plain;charset=US-ASCII`. */
  readonly mimeType: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  readonly encoding: 'base64' | '';
  readonly bytes: Uint8Array;
}

const MAX_HEADER_LENGTH = 1024;
const TOKEN = String.raw`[A-Za-z0-9!#$&^_.+-]+`;
const MIME_TYPE = new RegExp(`^${TOKEN}/${TOKEN}$`);
const PARAMETER = new RegExp(String.raw`^(${TOKEN})=([\x21\x23-\x2b\x2d-\x3a\x3c-\x7e]*)$`);

/** Whether a text starts like a data URI. */
export function isDataUri(text: string): boolean {
  return /^data:/i.test(text);
}

/**
 * Reads a data URI. The first comma ends the header; a base64 body is canonical base64.
 * @throws DimError `INPUT_FORMAT` or `INPUT_LIMIT`
 */
export function parseDataUri(text: string): DataUri {
  const comma = text.slice(0, MAX_HEADER_LENGTH).indexOf(',');
  if (!isDataUri(text) || comma === -1) throw new DimError('INPUT_FORMAT', 'must be a data URI');
  const [mimeType = '', ...rest] = text.slice('data:'.length, comma).split(';');
  if (mimeType !== '' && !MIME_TYPE.test(mimeType)) throw new DimError('INPUT_FORMAT', 'data URI has a bad media type');
  const encoding = rest.at(-1)?.toLowerCase() === 'base64' ? 'base64' : '';
  const parameters = readParameters(encoding === '' ? rest : rest.slice(0, -1));
  const body = text.slice(comma + 1);
  const bytes = encoding === 'base64' ? decodeBase64(body) : decodePercent(body);
  return { mimeType: mimeType === '' ? undefined : mimeType, parameters, encoding, bytes };
}

function readParameters(parts: readonly string[]): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of parts) {
    const match = PARAMETER.exec(part);
    if (match === null) throw new DimError('INPUT_FORMAT', 'data URI has a bad parameter');
    parameters.set((match[1] ?? '').toLowerCase(), match[2] ?? '');
  }
  return parameters;
}

/** Bytes of a body where `%XX` stands for one byte. */
function decodePercent(body: string): Uint8Array {
  const raw = encodeUtf8(body);
  if (!raw.includes(0x25)) return raw;
  if (/%(?![0-9A-Fa-f]{2})/.test(body)) throw new DimError('INPUT_FORMAT', 'data URI has a bad percent escape');
  const decoded = new Uint8Array(raw.length);
  let length = 0;
  for (let index = 0; index < raw.length; index++) {
    const byte = raw[index] ?? 0;
    if (byte === 0x25) {
      decoded[length++] = Number.parseInt(String.fromCharCode(raw[index + 1] ?? 0, raw[index + 2] ?? 0), 16);
      index += 2;
    } else {
      decoded[length++] = byte;
    }
  }
  return decoded.slice(0, length);
}
