/**
 * Codecs of what travels as a map. Whoever calls them gives any object, which is copied. This library has a way in of its
 * own, for maps that it has copied or parsed before, so that each message is walked over once.
 */
import { asDimError } from '../errors/dim-error.ts';
import { createCodec, type Codec } from '../errors/result.ts';
import { copyJsonMap, type JsonMap } from './json-map.ts';
import type { Limits } from './limits.ts';

const READ_COPIED: unique symbol = Symbol('reads a map that was copied');

/** A codec that may have the second way in. It keeps it when it is made part of a larger one. */
interface MapCodec<T> extends Codec<T> {
  readonly [READ_COPIED]?: (fields: JsonMap) => T;
}

/**
 * A codec of what travels as a map.
 * @param isRead whether something is a value of this codec already
 * @param read reads a map that was copied already
 */
export function createMapCodec<T>(
  limits: Limits,
  isRead: (input: unknown) => input is T,
  read: (fields: JsonMap) => T,
): Codec<T> {
  const codec = createCodec((input) => (isRead(input) ? input : read(copyJsonMap(input, limits))));
  return Object.freeze<MapCodec<T>>({ ...codec, [READ_COPIED]: read });
}

/**
 * Reads a map without copying it: for what this library has copied or parsed by the limits of the same context, and for
 * nothing else. A codec of anybody else reads it as any other.
 * @throws DimError as {@link Codec.parse}
 */
export function parseCopied<T>(codec: MapCodec<T>, fields: JsonMap): T {
  const read = codec[READ_COPIED];
  if (read === undefined) return codec.parse(fields);
  try {
    return read(fields);
  } catch (error) {
    throw asDimError(error);
  }
}
