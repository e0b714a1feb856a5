/** Waiting for a delivery. */
import type { DimError, JsonMap } from 'dimp';
import type { Delivery, DeliveryState } from 'dimsdk';
import type { Call, Result } from '../command/call.ts';
import { EXIT } from '../command/exit-codes.ts';
import { failureOf } from '../command/failure.ts';
import { wrong } from '../command/wrong.ts';
import { withDeadline } from '../input/deadline.ts';
import { secondsOf } from '../input/seconds.ts';
import { Names } from './names.ts';
import { whyOffline, type OpenClient } from './open-client.ts';

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
 * Waits until a delivery has come as far as that. What is not reached in time, or at all where no station answers, is told by the
 * result: it is kept here, and whoever sent it again would send it twice.
 *
 * @throws DimError why it failed
 */
export async function untilDelivery(call: Call, open: OpenClient, delivery: Delivery, wait: Wait): Promise<Result> {
  const { state, seconds } = wait;
  const { signal } = call.context;
  const reason = state === 'queued' ? undefined : await reached(open, delivery, { state, seconds, signal });
  const { text: name } = await new Names(open).of(delivery.receiver);
  const waitsForReceiver = (await delivery.waitsFor()) === 'receiver';
  return resultOf(delivery, { wait: state, name, reason, waitsForReceiver });
}

/** @returns why it waits, where there is a reason */
async function reached(
  open: OpenClient,
  delivery: Delivery,
  {
    state,
    seconds,
    signal,
  }: { readonly state: 'sent' | 'delivered'; readonly seconds: number; readonly signal: AbortSignal },
): Promise<DimError | undefined> {
  const reason = await whyOffline(open, { signal, seconds });
  if (reason !== undefined) return reason;
  await withDeadline(signal, seconds, async (over) => Promise.race([delivery.until(state), ended(over)]));
  return undefined;
}

/** Done when a signal is aborted. */
export async function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Why something waits for more than the network. */
export const UNKNOWN_ID = 'the station does not know this ID yet, and it goes out once they have been there';

const ORDER: readonly DeliveryState[] = ['queued', 'sent', 'delivered'];

function resultOf(
  { id, receiver, state }: Delivery,
  {
    wait,
    name,
    reason,
    waitsForReceiver,
  }: {
    readonly wait: DeliveryState;
    readonly name: string;
    readonly reason: DimError | undefined;
    readonly waitsForReceiver: boolean;
  },
): Result {
  const isReached = ORDER.indexOf(state) >= ORDER.indexOf(wait);
  const kept = waitsForReceiver ? UNKNOWN_ID : 'it is kept here, and goes out the next time';
  const what = state === 'queued' ? kept : 'nobody has said yet that it came';
  const later = isReached ? '' : `: ${what}`;
  const why = reason === undefined || isReached ? undefined : failureOf(reason);
  const json: JsonMap = { delivery: id, receiver: receiver.toString(), state, waitsForReceiver, ...why?.json };
  return {
    json,
    text: `${state}, for ${name}${later}${why === undefined ? '' : `\n${why.text.trimEnd()}`}`,
    ...(!isReached && { exitCode: why?.exitCode ?? EXIT.delivery }),
  };
}
