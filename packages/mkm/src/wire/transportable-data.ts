/**
 * TED, transportable encoded data: bytes as text in a JSON map.
 *
 * `"SGVsbG8="` · `"base64,SGVsbG8="` · `"data:text/plain;base64,SGVsbG8="` · `"data:,Hello"` ·
 * `{ "algorithm": "base64", "data": "SGVsbG8=" }`
 */
import { DimError } from '../errors/dim-error.ts';
import { createCodec, type Codec } from '../errors/result.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { isDataUri, parseDataUri, type DataUri } from './data-uri.ts';
import { optionalTextOf, textOf } from './field-readers.ts';
import { copyJson, describe, isJsonMap, type JsonMap, type JsonValue } from './json-map.ts';

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

/** Bytes, with the form in which they travel. */
export class TransportableData {
  /** The form on the wire, as it was read: it is written again unchanged. */
  readonly wire: string | JsonMap;
  readonly bytes: Uint8Array;
  /** How the bytes are written: `base64`, or the empty text for the plain body of a data URI. */
  readonly encoding: 'base64' | '';
  /** The media type, where a data URI names one. */
  readonly mimeType: string | undefined;
  /** Further parameters of a data URI: `filename`, `charset`, … */
  readonly parameters: ReadonlyMap<string, string>;

  /** Use {@link TransportableData.parse} or {@link TransportableData.fromBytes}. */
  constructor(wire: string | JsonMap, content: Partial<DataUri> & Pick<DataUri, 'bytes'>) {
    this.wire = wire;
    this.bytes = content.bytes;
    this.encoding = content.encoding ?? 'base64';
    this.mimeType = content.mimeType;
    this.parameters = content.parameters ?? NO_PARAMETERS;
  }

  /**
   * Reads any of the forms.
   * @throws DimError `INPUT_TYPE` or `INPUT_FORMAT`
   */
  static parse(input: unknown): TransportableData {
    return codec.parse(input);
  }

  /** {@link TransportableData.parse}, or undefined. */
  static tryParse(input: unknown): TransportableData | undefined {
    return codec.tryParse(input);
  }

  /** {@link TransportableData.parse}, with the error as a value. */
  static safeParse(input: unknown): ReturnType<Codec<TransportableData>['safeParse']> {
    return codec.safeParse(input);
  }

  /**
   * Bytes to send: as bare base64, or as a data URI when a media type is given.
   *
   * @example
   * ```ts
   * import { TransportableData } from 'mkm';
   *
   * TransportableData.fromBytes(new Uint8Array([80, 78, 71]), { mimeType: 'image/png' }).toString();
   * // data:image/png;base64,UE5H
   * ```
   */
  static fromBytes(bytes: Uint8Array, options: { readonly mimeType?: string } = {}): TransportableData {
    const body = encodeBase64(bytes);
    return read(options.mimeType === undefined ? body : `data:${options.mimeType};base64,${body}`);
  }

  /** The value for the JSON map. */
  toJSON(): string | JsonMap {
    return this.wire;
  }

  /** The text form. */
  toString(): string {
    return typeof this.wire === 'string' ? this.wire : encodeBase64(this.bytes);
  }
}

const codec: Codec<TransportableData> = /* @__PURE__ */ createCodec((input) =>
  input instanceof TransportableData ? input : read(copyJson(input)),
);

function read(wire: JsonValue): TransportableData {
  if (isJsonMap(wire)) return readMap(wire);
  if (typeof wire !== 'string') throw new DimError('INPUT_TYPE', `must be encoded data, not ${describe(wire)}`);
  if (wire === '') throw new DimError('INPUT_FORMAT', 'must not be empty');
  if (isDataUri(wire)) return new TransportableData(wire, parseDataUri(wire));
  const body = wire.startsWith('base64,') ? wire.slice('base64,'.length) : wire;
  return new TransportableData(wire, { bytes: decodeBase64(body) });
}

function readMap(wire: JsonMap): TransportableData {
  const algorithm = optionalTextOf(wire, 'algorithm') ?? 'base64';
  if (algorithm !== 'base64')
    throw new DimError('UNSUPPORTED_ALGORITHM', 'only base64 is known', { path: 'algorithm' });
  return new TransportableData(wire, { bytes: decodeBase64(textOf(wire, 'data')) });
}
