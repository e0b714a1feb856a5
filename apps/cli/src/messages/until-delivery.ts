/** Waiting for a delivery. */
import type { JsonMap } from 'dimp';
import type { Delivery, DeliveryState } from 'dimsdk';
import type { Call, Result } from '../command/call.ts';
import { EXIT } from '../command/exit-codes.ts';
import { wrong } from '../command/wrong.ts';
import { secondsOf } from '../input/seconds.ts';
import { untilOnline, type OpenClient } from './open-client.ts';

/** How far to wait, as commands take it. */
export interface WaitOptions {
  readonly wait: string;
  readonly timeout: string;
}

/** What somebody waits for. */
export interface Wait {
  readonly state: (typeof WAITS)[number];
  readonly seconds: number;
}

const WAITS = ['queued', 'sent', 'delivered'] as const;

/** @throws DimError `USAGE_ARGUMENT` */
export function waitOf({ wait, timeout }: WaitOptions): Wait {
  const state = WAITS.find((one) => one === wait);
  if (state === undefined) throw wrong(`--wait must be ${WAITS.join(', ')}`);
  return { state, seconds: secondsOf(timeout) };
}

/**
 * Waits until a delivery has come as far as that. What is not reached in time is told by the result, and nothing is lost.
 * @throws DimError why it failed; `CONNECTION_FAILED`
 */
export async function untilDelivery(call: Call, open: OpenClient, delivery: Delivery, wait: Wait): Promise<Result> {
  const { state, seconds } = wait;
  if (state !== 'queued') {
    const { signal } = call.context;
    await untilOnline(open, { signal, seconds });
    await Promise.race([delivery.until(state), ended(AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]))]);
  }
  return resultOf(delivery, state);
}

/** Done when a signal is aborted. */
export async function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

const ORDER: readonly DeliveryState[] = ['queued', 'sent', 'delivered'];

function resultOf({ id, receiver, state }: Delivery, wait: DeliveryState): Result {
  const isReached = ORDER.indexOf(state) >= ORDER.indexOf(wait);
  const later = isReached
    ? ''
    : state === 'queued'
      ? ': it goes out the next time'
      : ': nobody has said yet that it came';
  const json: JsonMap = { delivery: id, receiver: receiver.toString(), state };
  return { json, text: `${state}${later}`, ...(!isReached && { exitCode: EXIT.delivery }) };
}
