/** How a call into a definition ends. */
import { isDimError, type Awaitable, type DimError } from 'mkm';

/** A value, a refusal that callers can act on, or an error that only blames the definition. */
export type Outcome<T> =
  | { readonly ended: 'given'; readonly value: T }
  | { readonly ended: 'refused'; readonly error: DimError }
  | { readonly ended: 'failed'; readonly error: unknown };

/** Calls, and takes whatever comes. */
export async function outcomeOf<T>(action: () => Awaitable<T>): Promise<Outcome<T>> {
  try {
    return { ended: 'given', value: await action() };
  } catch (thrown) {
    const error = thrownBy(thrown);
    return isDimError(error) && !blamesUs(error) ? { ended: 'refused', error } : { ended: 'failed', error };
  }
}

/** Whether an error says that the program is at fault, and not what a peer wrote. */
function blamesUs({ code }: DimError): boolean {
  return /^(USAGE|INTERNAL)_/.test(code);
}

/** What a definition threw itself: a context wraps it, so that callers see nothing but a DimError. */
export function thrownBy(error: unknown): unknown {
  return isDimError(error) && error.code === 'INTERNAL_PLUGIN' ? (error.cause ?? error) : error;
}
