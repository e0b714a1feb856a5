/** Three ways to read the same input: throw, undefined, or a result. */
import { asDimError, type DimError } from './dim-error.ts';

/** What `safeParse` gives: the value, or the error as a value. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: DimError };

/** Reads untrusted input as a `T`. A `T` that was read already is returned as it is. */
export interface Codec<T> {
  /**
   * Reads the input.
   * @throws DimError with a code and the path of what is wrong
   */
  parse(input: unknown): T;
  /** Reads the input, or gives `undefined`. */
  tryParse(input: unknown): T | undefined;
  /** Reads the input, and gives value or error without throwing. */
  safeParse(input: unknown): Result<T>;
}

/** What a function gives or throws. */
export function resultOf<T>(read: () => T): Result<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    return { ok: false, error: asDimError(error) };
  }
}

/** A codec from a function that throws. */
export function createCodec<T>(read: (input: unknown) => T): Codec<T> {
  function parse(input: unknown): T {
    try {
      return read(input);
    } catch (error) {
      throw asDimError(error);
    }
  }
  const safeParse = (input: unknown): Result<T> => resultOf(() => read(input));
  function tryParse(input: unknown): T | undefined {
    const result = safeParse(input);
    return result.ok ? result.value : undefined;
  }
  return Object.freeze({ parse, tryParse, safeParse });
}
