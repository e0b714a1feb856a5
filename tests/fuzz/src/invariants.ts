/** What holds in every target: only DimErrors, with short messages; nothing global changes, nor does the input. */
import { DimError } from 'mkm';
import { causesOf, faultsOf } from 'runner/error-rules';
import { sharedPollution } from 'runner/pollution';
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

/** Checks what a reader threw. */
export function checkError(error: unknown): DimError {
  if (error instanceof Finding) throw error;
  const [fault] = faultsOf(error);
  if (fault !== undefined || !(error instanceof DimError))
    throw new Finding(fault ?? 'no error', causesOf(error).map(stackOf).join('\n'), error);
  const { code, message, reason, path, cause } = error;
  expect(!code.startsWith('INTERNAL_'), `is at fault: ${code}`, () => `${message} ${stackOf(cause)}`);
  expect(!code.startsWith('USAGE_'), `blames the caller: ${code}`, () => message);
  // Nothing in an input of plain JSON throws by itself: this would be a fault of ours in disguise.
  expect(reason !== 'cannot be read', 'hides a fault of ours', () => `${path} ${stackOf(cause)}`);
  return error;
}

/** Checks that no prototype has changed. */
export function checkGlobals(): void {
  const [fault] = sharedPollution();
  if (fault !== undefined) throw new Finding('a prototype has changed', fault);
}

/** Checks that a value is as it was: `text` is its JSON of before. */
export function checkUnchanged(value: unknown, text: string): void {
  expect(JSON.stringify(value) === text, 'the input was changed', () => text);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).slice(0, 800) : String(error);
}
