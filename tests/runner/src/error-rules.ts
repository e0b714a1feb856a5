/** What every error must be: typed, short, with a code and a place, and without a word of what is secret. */
import { DimError } from 'dimp';

const MAX_MESSAGE_LENGTH = 300;

/** Whether an error is one that the library means to throw. */
export function isDimError(error: unknown): error is DimError {
  return error instanceof DimError;
}

/**
 * What is wrong with an error that came out of the library; empty when it is as it should be. The same fault has the same
 * words, whatever the input was.
 */
export function faultsOf(error: unknown): readonly string[] {
  if (!isDimError(error)) return [`an error that is no DimError: ${nameOf(error)}`];
  const { code, message, path } = error;
  return [
    ...(typeof code === 'string' && /^[A-Z]+(_[A-Z]+)+$/.test(code) ? [] : ['an error without a code']),
    ...(typeof path === 'string' ? [] : ['an error without a path']),
    ...(message.length < MAX_MESSAGE_LENGTH ? [] : [`an error message of ${MAX_MESSAGE_LENGTH} characters or more`]),
    ...(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(message) ? ['an error message of several lines'] : []),
    ...(causesOf(error).some(isStackOverflow) ? ['a stack overflow behind the error'] : []),
  ];
}

/** An error that the library passed on, and those behind it. */
export function causesOf(error: unknown): readonly unknown[] {
  const causes = [];
  // A cause may be its own cause.
  for (let cause = error; cause !== undefined && causes.length < 16; cause = causeOf(cause)) causes.push(cause);
  return causes;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 60)}` : typeof error;
}
