/**
 * TED, transportable encoded data: bytes as text in a JSON map.
 *
 * `"SGVsbG8="` · `"base64,SGVsbG8="` · `"data:text/plain;base64,SGVsbG8="` · `"data:,Hello"` ·
 * `{ "algorithm": "base64", "data": "SGVsbG8=" }`
 */
import { hasBrand } from './other-copies.ts';
import { DimError } from '../errors/dim-error.ts';
import { MADE_HERE, requireMadeHere } from '../errors/made-here.ts';
import { createCodec, type Codec } from '../errors/result.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { bareBase64, toBase64 } from './binary-text.ts';
import { bytesArgument } from './bytes-argument.ts';
import { isDataUri, parseDataUri, type DataUri } from './data-uri.ts';
import { optionalTextOf, textOf } from './field-readers.ts';
import { copyJson, typeName, isJsonMap, type JsonMap, type JsonValue } from './json-map.ts';

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

/** Bytes, with the form in which they travel. The form is checked when it is read, and decoded when it is asked for. */
export class TransportableData {
  /** The form on the wire, as it was read: it is written again unchanged. */
  readonly wire: string | JsonMap;
  /** How the bytes are written: `base64`, or the empty text for the plain body of a data URI. */
  readonly encoding: 'base64' | '';
  /** The media type, where a data URI names one. */
  readonly mimeType: string | undefined;
  /** Further parameters of a data URI: `filename`, `charset`, … */
  readonly parameters: ReadonlyMap<string, string>;
  readonly #decode: () => Uint8Array;
  #bytes: Uint8Array | undefined;

  /** Use {@link TransportableData.parse} or {@link TransportableData.fromBytes}. */
  constructor(
    made: typeof MADE_HERE,
    wire: string | JsonMap,
    decode: () => Uint8Array,
    header: Partial<Omit<DataUri, 'bytes'>> = {},
  ) {
    requireMadeHere(made);
    this.wire = wire;
    this.#decode = decode;
    this.encoding = header.encoding ?? 'base64';
    this.mimeType = header.mimeType;
    this.parameters = header.parameters ?? NO_PARAMETERS;
  }

  /** What it is to another copy of this package. */
  protected get '@dim'(): string {
    return 'mkm.TransportableData';
  }

  /** The bytes; decoded once. */
  get bytes(): Uint8Array {
    return (this.#bytes ??= this.#decode());
  }

  /**
   * Reads any of the forms.
   * @param options.limits those of a context; the default ones, if not given
   * @throws DimError `INPUT_TYPE`, `INPUT_FORMAT` or `INPUT_LIMIT`
   */
  static parse(input: unknown, options: { readonly limits?: Limits } = {}): TransportableData {
    return codecWith(options.limits).parse(input);
  }

  /** {@link TransportableData.parse}, or undefined. */
  static tryParse(input: unknown, options: { readonly limits?: Limits } = {}): TransportableData | undefined {
    return codecWith(options.limits).tryParse(input);
  }

  /** {@link TransportableData.parse}, with the error as a value. */
  static safeParse(
    input: unknown,
    options: { readonly limits?: Limits } = {},
  ): ReturnType<Codec<TransportableData>['safeParse']> {
    return codecWith(options.limits).safeParse(input);
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
   * @throws DimError `USAGE_ARGUMENT` for what is not bytes, `INPUT_FORMAT` for what is no media type
   */
  static fromBytes(bytes: Uint8Array, options: { readonly mimeType?: string } = {}): TransportableData {
    const body = encodeBase64(bytesArgument(bytes));
    return readTransportableData(options.mimeType === undefined ? body : `data:${options.mimeType};base64,${body}`);
  }

  /** The value for the JSON map. */
  toJSON(): string | JsonMap {
    return this.wire;
  }

  /** The text form. */
  toString(): string {
    return typeof this.wire === 'string' ? this.wire : toBase64(textOf(this.wire, 'data'));
  }
}

function codecWith(limits: Limits = DEFAULT_LIMITS): Codec<TransportableData> {
  return createCodec((input) => {
    if (input instanceof TransportableData) return input;
    const wire = hasBrand(input, 'mkm.TransportableData') ? (input as TransportableData).toJSON() : input;
    return readTransportableData(copyJson(wire, limits));
  });
}

/** Reads what was copied already. */
export function readTransportableData(wire: JsonValue): TransportableData {
  if (isJsonMap(wire)) return readMap(wire);
  if (typeof wire !== 'string') throw new DimError('INPUT_TYPE', `must be encoded data, not ${typeName(wire)}`);
  // Empty text is no bytes: an empty file.
  return isDataUri(wire) ? readDataUri(wire) : new TransportableData(MADE_HERE, wire, decoderOf(bareBase64(wire)));
}

function readDataUri(wire: string): TransportableData {
  // The header alone, as if the body were empty: a body in base64 is checked here, and decoded later.
  const bodyStart = wire.indexOf(',') + 1;
  const { bytes: _, ...header } = parseDataUri(wire.slice(0, bodyStart));
  if (header.encoding === 'base64')
    return new TransportableData(MADE_HERE, wire, decoderOf(wire.slice(bodyStart)), header);
  const { bytes } = parseDataUri(wire);
  return new TransportableData(MADE_HERE, wire, () => bytes, header);
}

function readMap(wire: JsonMap): TransportableData {
  const algorithm = optionalTextOf(wire, 'algorithm') ?? 'base64';
  if (algorithm !== 'base64')
    throw new DimError('UNSUPPORTED_ALGORITHM', 'only base64 is known', { path: 'algorithm' });
  return new TransportableData(MADE_HERE, wire, decoderOf(textOf(wire, 'data')));
}

/** Checks now, decodes later: a large file may be passed on without anyone looking into it. */
function decoderOf(body: string): () => Uint8Array {
  decodeBase64(body);
  return () => decodeBase64(body);
}
