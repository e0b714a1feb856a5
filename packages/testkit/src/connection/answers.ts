/** What connections do, and verdicts on it. */
import { isDimError } from 'dimp';
import type { ConnectionEnd, IncomingPayload } from 'dimsdk';
import { errorForm, shortForm } from '../report/short-form.ts';
import { allOf, isValue, verdict, type Verdict } from '../report/verdict.ts';
import type { Watched } from './connection-trial.ts';

/** Whether payloads are those that were wanted, in their order. */
export function areSame(received: readonly Uint8Array[], wanted: readonly Uint8Array[]): Verdict {
  const count = verdict(received.length === wanted.length, `${wanted.length} payloads`, `${received.length} payloads`);
  const wrong = received.findIndex((bytes, index) => !equal(bytes, wanted[index]));
  if (wrong === -1 || wrong >= wanted.length) return count;
  return allOf([
    count,
    {
      expected: `payload ${wrong} with its ${wanted[wrong]?.length} bytes, as they were`,
      received: `${received[wrong]?.length} other bytes`,
    },
  ]);
}

/** The bytes of payloads. */
export const bytesIn = (payloads: readonly IncomingPayload[]): readonly Uint8Array[] =>
  payloads.map(({ bytes }) => bytes);

/** Whether two are the same, byte by byte. */
export function equal(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return one.length === other?.length && one.every((byte, index) => byte === other[index]);
}

/** Whether something was refused with a DimError of a code. */
export function isRefused({ state, error }: Watched<unknown>, code: string): Verdict {
  if (state !== 'rejected') return { expected: `a DimError ${code}`, received: `a promise that is ${state}` };
  return verdict(isDimError(error) && error.code === code, `a DimError ${code}`, errorForm(error));
}

/** Whether a connection ended for a reason; with a DimError, where it failed. */
export function hasEnded(end: ConnectionEnd, ...reasons: readonly ConnectionEnd['reason'][]): Verdict {
  const reason = verdict(
    reasons.includes(end.reason),
    `the end ${reasons.map((each) => `'${each}'`).join(' or ')}`,
    shortForm(end.reason),
  );
  if (end.reason !== 'failed') return reason;
  return allOf([reason, verdict(isDimError(end.error), 'a DimError with the end', errorForm(end.error))]);
}

/** Whether something has not settled. */
export const isPending = ({ state }: Watched<unknown>, what: string): Verdict =>
  verdict(state === 'pending', `${what} that waits`, `one that is ${state}`);

/** Whether something was done. */
export const isDone = ({ state, error }: Watched<unknown>, what: string): Verdict =>
  verdict(state === 'fulfilled', what, state === 'rejected' ? errorForm(error) : `one that is ${state}`);

/** Whether the numbers of payloads are these. */
export const areNumbers = (received: readonly number[], wanted: readonly number[]): Verdict =>
  isValue(received.join(', '), wanted.join(', '));
