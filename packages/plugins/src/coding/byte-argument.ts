/** Bytes that calling code hands over: checked at the door, so that no platform sees anything else. */
import { DimError } from 'mkm';
import { typeName } from 'mkm/extend';

/** Has the getter that names a typed array's kind: it calls no code of the value, and it works across realms. */
const TYPED_ARRAY = Reflect.getPrototypeOf(Uint8Array.prototype) ?? {};

/**
 * The argument, when it is usable bytes: a Uint8Array over memory that is there and that no other thread can change.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function requireBytes(value: unknown, name: string): Uint8Array {
  if (!isUint8Array(value)) {
    throw new DimError('USAGE_ARGUMENT', `must be a Uint8Array, not ${typeName(value)}`, { path: name });
  }
  if (!isArrayBuffer(value.buffer)) {
    throw new DimError('USAGE_ARGUMENT', 'must not be in shared memory', { path: name });
  }
  if (value.length === 0 && isDetached(value.buffer)) {
    throw new DimError('USAGE_ARGUMENT', 'must not be detached', { path: name });
  }
  return value;
}

/** Whether two byte strings are equal, in a time that tells nothing about where they differ. */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  one.forEach((byte, index) => (difference |= byte ^ (other[index] ?? 0)));
  return difference === 0;
}

function isUint8Array(value: unknown): value is Uint8Array {
  return Reflect.get(TYPED_ARRAY, Symbol.toStringTag, value) === 'Uint8Array';
}

/** Of shared memory the getter throws. */
function isArrayBuffer(buffer: ArrayBufferLike): boolean {
  try {
    return Reflect.get(ArrayBuffer.prototype, 'byteLength', buffer) >= 0;
  } catch {
    return false;
  }
}

function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    // The one operation that tells a detached buffer from an empty one on every supported platform.
    return new Uint8Array(buffer).length !== buffer.byteLength;
  } catch {
    return true;
  }
}
