/**
 * PNF, portable network file: a file by URL, inline, or both.
 *
 * `"https://…"` · `"data:image/png;base64,…"` · `{ "data"?, "filename"?, "URL"?, "key"? }` ·
 * the same map as JSON text
 */
import { DimError } from '../errors/dim-error.ts';
import { createCodec, type Codec } from '../errors/result.ts';
import { DEFAULT_LIMITS, type Limits } from '../extension/limits.ts';
import { isDataUri } from './data-uri.ts';
import { fieldOfAny, optionalTextOf, readOptional } from './field-readers.ts';
import { copyJson, describe, isJsonMap, type JsonMap, type JsonValue } from './json-map.ts';
import { parseJsonMap } from './json-text.ts';
import { readTransportableData, type TransportableData } from './transportable-data.ts';

/** A file's parts, to make a {@link NetworkFile} of. */
export interface NetworkFileParts {
  /** Where to download it: `https:` or `http:`. */
  readonly url?: string;
  /** A base name, without any folder. */
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
  readonly filename: string | undefined;
  readonly data: TransportableData | undefined;
  /** The key map that decrypts the content; read it with a context's `SymmetricKey.parse`. */
  readonly key: JsonMap | undefined;

  /** Use {@link NetworkFile.parse} or {@link NetworkFile.create}: they copy what they are given. */
  constructor(fields: JsonMap) {
    this.fields = fields;
    this.url = readUrl(optionalTextOf(fields, 'URL'));
    this.filename = readFilename(optionalTextOf(fields, 'filename'));
    this.data = readOptional(fields, 'data', readTransportableData);
    this.key = readKey(fieldOfAny(fields, ['key', 'password']));
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
   */
  static create(parts: NetworkFileParts): NetworkFile {
    const { url, filename, data, key } = parts;
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
  return createCodec((input) => (input instanceof NetworkFile ? input : read(copyJson(input, limits), limits)));
}

function read(wire: JsonValue, limits: Limits): NetworkFile {
  if (isJsonMap(wire)) return new NetworkFile(wire);
  if (typeof wire !== 'string') throw new DimError('INPUT_TYPE', `must be a file, not ${describe(wire)}`);
  if (wire.startsWith('{')) return new NetworkFile(parseJsonMap(wire, limits));
  return new NetworkFile(isDataUri(wire) ? { data: wire } : { URL: wire });
}

/** Whether a text is an `http:` or `https:` URL: the two schemes that opening or fetching is safe with. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text);
}

function readUrl(url: string | undefined): string | undefined {
  if (url === undefined || isHttpUrl(url)) return url;
  throw new DimError('INPUT_FORMAT', 'must be an http or https URL', { path: 'URL' });
}

function readFilename(filename: string | undefined): string | undefined {
  // A base name only: a receiver will write a file of this name.
  if (filename === undefined || /^(?!\.{1,2}$)[^/\\\p{Cc}\p{Cs}]{1,255}$/u.test(filename)) return filename;
  throw new DimError('INPUT_FORMAT', 'must be a base name without folders or control characters', { path: 'filename' });
}

function readKey(key: JsonValue | undefined): JsonMap | undefined {
  if (key === undefined || isJsonMap(key)) return key;
  throw new DimError('INPUT_TYPE', `must be a key map, not ${describe(key)}`, { path: 'key' });
}
