/** Bytes that calling code hands over, of whatever realm: an iframe, a worker's message, a test's window. */
import { DimError } from '../errors/dim-error.ts';
import { typeName } from './json-map.ts';

/** Has the getter that names the kind of a typed array: it calls no code of the value, and it works across realms. */
const TYPED_ARRAY = Reflect.getPrototypeOf(Uint8Array.prototype) ?? {};

/**
 * The argument as bytes of this realm, when it is a Uint8Array of any.
 * @param name the name of the argument, for the path of the error
 * @throws DimError `USAGE_ARGUMENT` that says how to make bytes of what was given
 */
export function bytesArgument(value: unknown, name = ''): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (Reflect.get(TYPED_ARRAY, Symbol.toStringTag, value) === 'Uint8Array') return new Uint8Array(value as Uint8Array);
  throw new DimError('USAGE_ARGUMENT', `must be a Uint8Array, not ${typeName(value)}${adviceFor(value)}`, {
    path: name,
  });
}

function adviceFor(value: unknown): string {
  if (typeof value === 'string') return ': take new TextEncoder().encode(text)';
  if (isArrayBuffer(value)) return ': take new Uint8Array(buffer)';
  if (ArrayBuffer.isView(value)) return ': take new Uint8Array(view.buffer, view.byteOffset, view.byteLength)';
  return '';
}

function isArrayBuffer(value: unknown): boolean {
  try {
    return Reflect.get(ArrayBuffer.prototype, 'byteLength', value) >= 0;
  } catch {
    return false;
  }
}
