/** What holds in every target: only DimErrors, with short messages; nothing global changes, nor does the input. */
import { DimError } from 'mkm';
import { expect, Finding } from './finding.ts';

/** What reading gave. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: DimError };

/** Runs a reader, and checks whatever it throws. */
export function attempt<T>(read: () => T): Outcome<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    return { ok: false, error: checkError(error) };
  }
}

/** {@link attempt} for what takes its time. */
export async function attemptAsync<T>(read: () => PromiseLike<T> | T): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    return { ok: false, error: checkError(error) };
  }
}

/** The longest message. */
const MAX_MESSAGE = 300;

/** Checks what a reader threw. */
export function checkError(error: unknown): DimError {
  if (error instanceof Finding) throw error;
  if (!(error instanceof DimError)) throw new Finding(`throws ${nameOf(error)}`, stackOf(error), error);
  const { code, message, reason, path, cause } = error;
  expect(!code.startsWith('INTERNAL_'), `is at fault: ${code}`, () => `${message} ${stackOf(cause)}`);
  expect(!code.startsWith('USAGE_'), `blames the caller: ${code}`, () => message);
  // Nothing in an input of plain JSON throws by itself: this would be a fault of ours in disguise.
  expect(reason !== 'cannot be read', 'hides a fault of ours', () => `${path} ${stackOf(cause)}`);
  expect(message.length < MAX_MESSAGE, 'an error has a long message', () => message);
  expect(!/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(message), 'an error has a message of several lines', () => message);
  return error;
}

const PROTOTYPES = [Object, Array, Function, String, Number, Map, Set, Promise, Uint8Array, Error].map(
  (type) => type.prototype as object,
);
const OWN_NAMES = PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length);

/** Checks that no prototype has changed. */
export function checkGlobals(): void {
  for (const [index, prototype] of PROTOTYPES.entries()) {
    expect(Reflect.ownKeys(prototype).length === OWN_NAMES[index], 'a prototype has changed');
  }
  for (const name in {}) throw new Finding('Object.prototype has an enumerable property', name);
}

/** Checks that a value is as it was: `text` is its JSON of before. */
export function checkUnchanged(value: unknown, text: string): void {
  expect(JSON.stringify(value) === text, 'the input was changed', () => text);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.constructor.name}: ${error.message.slice(0, 60)}` : typeof error;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).slice(0, 800) : String(error);
}
