/** Bytes that calling code hands over, of whatever realm: an iframe, a worker's message, a test's window. */
import { DimError } from '../errors/dim-error.ts';
import { typeName } from './json-map.ts';

/** Has the getter that names the kind of a typed array: it calls no code of the value, and it works across realms. */
const KIND = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);

/**
 * The argument as bytes of this realm, when it is a Uint8Array of any, over memory that is there and that no other thread
 * can change. What may still change its size is copied: platforms refuse it.
 * @param name the name of the argument, for the path of the error
 * @throws DimError `USAGE_ARGUMENT` that says how to make bytes of what was given
 */
export function bytesArgument(value: unknown, name = ''): Uint8Array {
  if (!isUint8Array(value)) throw wrong(name, `must be a Uint8Array, not ${typeName(value)}${adviceFor(value)}`);
  const { buffer } = value;
  if (!isArrayBuffer(buffer)) throw wrong(name, 'must not be in shared memory: take bytes.slice()');
  // What was taken away looks empty, and would be written as no bytes at all.
  if (value.length === 0 && isGone(value))
    throw wrong(name, 'must not be detached: its memory was given away, or cut off');
  const isUsual = value instanceof Uint8Array && (buffer as { readonly resizable?: boolean }).resizable !== true;
  return isUsual ? value : new Uint8Array(value);
}

function wrong(path: string, reason: string): DimError {
  return new DimError('USAGE_ARGUMENT', reason, { path });
}

function isUint8Array(value: unknown): value is Uint8Array {
  return KIND?.get?.call(value) === 'Uint8Array';
}

function adviceFor(value: unknown): string {
  if (typeof value === 'string') return ': take new TextEncoder().encode(text)';
  if (isArrayBuffer(value)) return ': take new Uint8Array(buffer)';
  if (ArrayBuffer.isView(value)) return ': take new Uint8Array(view.buffer, view.byteOffset, view.byteLength)';
  return '';
}

/** Of shared memory the getter throws. */
function isArrayBuffer(value: unknown): boolean {
  if (value instanceof ArrayBuffer) return true;
  try {
    return Reflect.get(ArrayBuffer.prototype, 'byteLength', value) >= 0;
  } catch {
    return false;
  }
}

/** Whether the memory of an empty array was detached, or cut off where the array lies. */
function isGone(bytes: Uint8Array): boolean {
  try {
    // Both throw for what is gone; not each of them on every platform.
    bytes.keys();
    return new Uint8Array(bytes.buffer).length !== bytes.buffer.byteLength;
  } catch {
    return true;
  }
}
