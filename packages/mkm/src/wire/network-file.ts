/**
 * PNF, portable network file: a file by URL, inline, or both.
 *
 * `"https://…"` · `"data:image/png;base64,…"` · `{ "data"?, "filename"?, "URL"?, "key"? }` ·
 * the same map as JSON text
 *
 * The IV of what lies at the URL is in the key map, as `iv`. Deployed clients write it beside the key, as `IV`, and that one goes
 * first where there are two.
 */
import { hasBrand } from './other-copies.ts';
import { DimError, within } from '../errors/dim-error.ts';
import { MADE_HERE, requireMadeHere } from '../errors/made-here.ts';
import { createCodec, type Codec } from '../errors/result.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { isDataUri } from './data-uri.ts';
import { requireFilename, safeFilename } from './filename.ts';
import { fieldOf, fieldOfAny, optionalTextOf, optionalOf } from './field-readers.ts';
import { copyJson, typeName, isJsonMap, type JsonMap, type JsonValue } from './json-map.ts';
import { parseJsonMap } from './json-text.ts';
import { changeFields } from './wire-object.ts';
import { readTransportableData, type TransportableData } from './transportable-data.ts';

/** A file's parts, to make a {@link NetworkFile} of. */
export interface NetworkFileParts {
  /** Where to download it: `https:` or `http:`. */
  readonly url?: string;
  /** A base name, without any folder, that every platform can write. */
  readonly filename?: string;
  /** The content itself. */
  readonly data?: TransportableData;
  /** The key map of the symmetric key that decrypts the downloaded content. */
  readonly key?: { toJSON(): JsonMap } | JsonMap;
}

/** A file by URL, inline, or both. Nothing is ever fetched by reading one. */
export class NetworkFile {
  /** The fields of the file; known ones and others. */
  readonly fields: JsonMap;
  readonly url: string | undefined;
  /**
   * A base name, without any folder, that is safe to write on any platform. Undefined where the sender's name is not;
   * {@link NetworkFile.fields} has it as it was written.
   */
  readonly filename: string | undefined;
  readonly data: TransportableData | undefined;
  /** The key map that decrypts the content, with its IV; read it with a context's `SymmetricKey.parse`. */
  readonly key: JsonMap | undefined;

  /** What it is to another copy of this package. */
  protected get '@dim'(): string {
    return 'mkm.NetworkFile';
  }

  /** Use {@link NetworkFile.parse} or {@link NetworkFile.create}: they copy what they are given. */
  constructor(made: typeof MADE_HERE, fields: JsonMap) {
    requireMadeHere(made);
    this.fields = fields;
    this.url = readUrl(optionalTextOf(fields, 'URL'));
    const name = optionalTextOf(fields, 'filename');
    this.filename = name === undefined ? undefined : within('filename', () => safeFilename(name));
    this.data = optionalOf(fields, 'data', readTransportableData);
    this.key = readKey(fieldOfAny(fields, ['key', 'password']), fieldOf(fields, 'IV'));
  }

  /**
   * Reads any of the forms.
   * @param options.limits those of a context; the default ones, if not given
   * @throws DimError `INPUT_TYPE`, `INPUT_FORMAT` or `INPUT_LIMIT`
   */
  static parse(input: unknown, options: { readonly limits?: Limits } = {}): NetworkFile {
    return codecWith(options.limits).parse(input);
  }

  /** {@link NetworkFile.parse}, or undefined. */
  static tryParse(input: unknown, options: { readonly limits?: Limits } = {}): NetworkFile | undefined {
    return codecWith(options.limits).tryParse(input);
  }

  /** {@link NetworkFile.parse}, with the error as a value. */
  static safeParse(
    input: unknown,
    options: { readonly limits?: Limits } = {},
  ): ReturnType<Codec<NetworkFile>['safeParse']> {
    return codecWith(options.limits).safeParse(input);
  }

  /**
   * A file of its parts.
   *
   * @example
   * ```ts
   * import { NetworkFile } from 'mkm';
   *
   * JSON.stringify(NetworkFile.create({ url: 'https://example.com/a.png' })); // "https://example.com/a.png"
   * ```
   * @throws DimError `USAGE_ARGUMENT` for a file name that is not safe, `INPUT_…` for a bad URL or key
   */
  static create(parts: NetworkFileParts): NetworkFile {
    const { url, filename, data, key } = parts;
    if (filename !== undefined) requireFilename(filename);
    if (url !== undefined) requireUrl(url);
    return NetworkFile.parse({ URL: url, filename, data: data?.toJSON(), key });
  }

  /**
   * The value for the JSON map: the bare URL when there is nothing but a URL and perhaps a file name, the data URI
   * when there is only that, else the map.
   */
  toJSON(): string | JsonMap {
    const names = Object.keys(this.fields);
    if (this.url !== undefined && names.every((name) => name === 'URL' || name === 'filename')) return this.url;
    const data = this.data?.toString();
    if (data !== undefined && names.length === 1 && isDataUri(data)) return data;
    return this.fields;
  }
}

function codecWith(limits: Limits = DEFAULT_LIMITS): Codec<NetworkFile> {
  return createCodec((input) => {
    if (input instanceof NetworkFile) return input;
    const wire = hasBrand(input, 'mkm.NetworkFile') ? (input as NetworkFile).toJSON() : input;
    return readNetworkFile(copyJson(wire, limits), limits);
  });
}

/** Reads what was copied already. */
export function readNetworkFile(wire: JsonValue, limits: Limits = DEFAULT_LIMITS): NetworkFile {
  if (isJsonMap(wire)) return new NetworkFile(MADE_HERE, wire);
  if (typeof wire !== 'string') throw new DimError('INPUT_TYPE', `must be a file, not ${typeName(wire)}`);
  if (wire.startsWith('{')) return new NetworkFile(MADE_HERE, parseJsonMap(wire, limits));
  return new NetworkFile(MADE_HERE, isDataUri(wire) ? { data: wire } : { URL: wire });
}

/** Characters: more than browsers and servers take. */
const MAX_URL_LENGTH = 8192;

/**
 * Scheme, host, and the rest. The host names nobody (`user:password@` is read as a host by people), and nothing in it is
 * turned into something else: a backslash into a slash, or the order of what is seen.
 */
const HTTP_URL =
  /^https?:\/\/(?!:)[^\s\p{Cc}\p{Bidi_Control}\\/?#@]{1,8192}(?:[/?#][^\s\p{Cc}\p{Bidi_Control}\\]{0,8192})?$/iu;

/**
 * Whether a text is an `http:` or `https:` URL: the two schemes that opening or fetching is safe with. It has a host, no
 * user and no password, nothing that is shown in another order than it stands, and at most 8192 characters.
 */
export function isHttpUrl(text: string): boolean {
  return text.length <= MAX_URL_LENGTH && HTTP_URL.test(text) && isUrl(text);
}

/** As the platform reads URLs, where it does. */
function isUrl(text: string): boolean {
  if (typeof URL !== 'function') return true;
  try {
    void new URL(text);
    return true;
  } catch {
    return false;
  }
}

/** Empty text is what some clients write where a file has no address. */
function readUrl(url: string | undefined): string | undefined {
  if (url === undefined || url === '') return undefined;
  return requireUrl(url);
}

/**
 * An address as it is written.
 * @throws DimError `INPUT_FORMAT`, `INPUT_LIMIT`
 */
function requireUrl(url: string): string {
  if (isHttpUrl(url)) return url;
  if (url.length > MAX_URL_LENGTH)
    throw new DimError('INPUT_LIMIT', `is longer than ${MAX_URL_LENGTH} characters`, { path: 'URL' });
  throw new DimError('INPUT_FORMAT', 'must be an http or https URL', { path: 'URL' });
}

function readKey(key: JsonValue | undefined, iv: JsonValue | undefined): JsonMap | undefined {
  if (key === undefined) return key;
  if (isJsonMap(key)) return typeof iv === 'string' ? changeFields(key, { iv, IV: undefined }) : key;
  throw new DimError('INPUT_TYPE', `must be a key map, not ${typeName(key)}`, { path: 'key' });
}
