/** Values and errors in a line: enough to know them by, and nothing of what may be secret. */
import { isDimError } from 'mkm';

/** A value in short. Of bytes and objects it says what they are, and not what is in them. */
export function shortForm(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (isBytes(value)) return `${value.length} bytes`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const names = Object.keys(value);
  return `${className(value)} ${names.length === 0 ? 'without properties' : `with ${names.join(', ')}`}`;
}

/** What was thrown, in short. */
export function errorForm(error: unknown): string {
  if (isDimError(error)) return `DimError ${error.message}`;
  return error instanceof Error || isForeignError(error)
    ? `${error.name}: ${error.message}`
    : `${shortForm(error)}, which is no error`;
}

/** Also of another realm: of a frame, or of the test runner's sandbox. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}

function isForeignError(value: unknown): value is Error {
  return Object.prototype.toString.call(value) === '[object Error]';
}

function className(value: object): string {
  const { constructor } = value;
  return typeof constructor === 'function' && constructor !== Object ? constructor.name : 'an object';
}
