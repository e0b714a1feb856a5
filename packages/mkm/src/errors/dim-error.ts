/** The one error that this stack throws. */
import type { ErrorCode } from './error-codes.ts';
import type { Missing } from './missing.ts';
import { printable } from './printable.ts';

/** What a {@link DimError} may carry beside code and message. */
export interface DimErrorOptions {
  /** Where in the input: `receiver`, `contents[2].sn`. Empty for the input itself. */
  readonly path?: string;
  /** The error behind this one. */
  readonly cause?: unknown;
  /** What the application lacks: see {@link DimError.missing}. */
  readonly missing?: readonly Missing[];
}

/** The same symbol in every copy of this module: a program may have two versions of it, of two of its dependencies. */
const BRAND = Symbol.for('mkm.DimError');

/** Longest path that an error shows; a peer chooses field names. */
const MAX_PATH_LENGTH = 100;

/**
 * The one error of this stack. Branch on {@link DimError.code}; show {@link DimError.message} to developers.
 * Messages never hold key material, plaintext or long input.
 *
 * @example
 * ```ts
 * import { DimError } from 'mkm';
 *
 * try {
 *   throw new DimError('INPUT_TYPE', 'must be text', { path: 'sender' });
 * } catch (error) {
 *   if (error instanceof DimError) console.log(error.code, error.path); // INPUT_TYPE sender
 * }
 * ```
 */
export class DimError extends Error {
  override readonly name = 'DimError';
  /** What went wrong, as a stable code. */
  readonly code: ErrorCode;
  /** Where in the input it went wrong; empty for the input itself. */
  readonly path: string;
  /** The message without code and path. */
  readonly reason: string;
  /** What to fetch before it is worth trying again, all of it; empty where nothing is missing. */
  readonly missing: readonly Missing[];

  static {
    // Of the prototype, where neither a log nor the type shows it.
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  constructor(code: ErrorCode, reason: string, options: DimErrorOptions = {}) {
    // It can hold names that a peer chose.
    const path = printable(options.path ?? '', MAX_PATH_LENGTH);
    super(path === '' ? `${code}: ${reason}` : `${code} at ${path}: ${reason}`, { cause: options.cause });
    this.code = code;
    this.path = path;
    this.reason = reason;
    this.missing = Object.freeze([...(options.missing ?? [])]);
  }

  /** The same error, seen from one level further out. */
  within(outer: string): DimError {
    const joined = this.path === '' ? outer : this.path.startsWith('[') ? outer + this.path : `${outer}.${this.path}`;
    return new DimError(this.code, this.reason, { path: joined, cause: this.cause, missing: this.missing });
  }
}

/**
 * Whether something that was thrown is an error of this stack: also where a program has two copies of it, which
 * `instanceof` takes for two classes.
 *
 * @example
 * ```ts
 * import { isDimError } from 'mkm';
 *
 * function codeOf(error: unknown): string | undefined {
 *   return isDimError(error) ? error.code : undefined;
 * }
 * ```
 */
export function isDimError(error: unknown): error is DimError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/**
 * Runs a reader for a part of the input, so that its errors name the place from the outside.
 * Anything but a DimError (a getter or a proxy of the input that throws) becomes one.
 */
export function within<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw asDimError(error).within(path);
  }
}

/** A DimError as it is, a stack that is full as `INPUT_LIMIT`; anything else as an `INPUT_TYPE` error with that cause. */
export function asDimError(error: unknown): DimError {
  if (isDimError(error)) return error;
  if (isStackOverflow(error)) return new DimError('INPUT_LIMIT', 'is too long or too deep to be read');
  return new DimError('INPUT_TYPE', 'cannot be read', { cause: error });
}

/** In the words of V8 and JavaScriptCore, or of SpiderMonkey. */
function isStackOverflow(error: unknown): boolean {
  // By its text: it may be of the realm of a plugin.
  const { message } = (error ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' && /^Maximum call stack size exceeded|^too much recursion/.test(message);
}
