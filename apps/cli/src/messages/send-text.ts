/** `dim send`. */
import { TextContent } from 'dimp';
import type { Delivery, DeliveryState } from 'dimsdk';
import type { Call, Result } from '../command/call.ts';
import { EXIT } from '../command/exit-codes.ts';
import { wrong } from '../command/wrong.ts';
import { readTextInput, STANDARD_INPUT } from '../input/read-input.ts';
import { printable } from '../text/printable.ts';
import { findPeer } from './find-peer.ts';
import { untilOnline, withClient, type ClientCallOptions, type OpenClient } from './open-client.ts';

/** As the command takes them. */
export interface SendOptions extends ClientCallOptions {
  readonly wait: string;
  readonly timeout: string;
}

const WAITS = ['queued', 'sent', 'delivered'] as const;

/** Sends a text, and waits until it has come as far as was asked. */
export async function sendText(
  call: Call,
  { to, words }: { readonly to: string; readonly words: readonly string[] },
  options: SendOptions,
): Promise<Result> {
  const wait = WAITS.find((state) => state === options.wait);
  if (wait === undefined) throw wrong(`--wait must be ${WAITS.join(', ')}`);
  const seconds = secondsOf(options.timeout);
  const text = await textOf(call, words);
  return withClient(call, options, async (open) => {
    const receiver = await findPeer(open, to);
    const delivery = await open.client.send(TextContent.create(text), receiver);
    if (wait !== 'queued') await until(call, open, delivery, { state: wait, seconds });
    return resultOf(delivery, receiver.toString(), wait);
  });
}

/** @throws DimError `USAGE_ARGUMENT` */
export function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400))
    throw wrong(`--timeout must be a number of seconds up to 86400, not ${printable(text)}`);
  return seconds;
}

async function textOf({ context }: Call, words: readonly string[]): Promise<string> {
  const [only] = words;
  if (words.length === 0 || (words.length === 1 && only === STANDARD_INPUT)) {
    if (words.length === 0 && context.stdin.isTTY === true)
      throw wrong('what is to be sent? Give the words, or - for standard input');
    const text = (await readTextInput(context, STANDARD_INPUT)).replace(/\r?\n$/, '');
    if (text === '') throw wrong('standard input has no text to send');
    return text;
  }
  return words.join(' ');
}

/** Waits for a state; what is not reached in time is told by the result, and nothing is lost. */
async function until(
  { context }: Call,
  open: OpenClient,
  delivery: Delivery,
  { state, seconds }: { readonly state: 'sent' | 'delivered'; readonly seconds: number },
): Promise<void> {
  await untilOnline(open, { signal: context.signal, seconds });
  const over = AbortSignal.any([context.signal, AbortSignal.timeout(seconds * 1000)]);
  const ended = new Promise<void>((resolve) => {
    over.addEventListener('abort', () => resolve(), { once: true });
    if (over.aborted) resolve();
  });
  await Promise.race([delivery.until(state), ended]);
}

const ORDER: readonly DeliveryState[] = ['queued', 'sent', 'delivered'];

function resultOf(delivery: Delivery, receiver: string, wait: DeliveryState): Result {
  const { state, id } = delivery;
  const isReached = ORDER.indexOf(state) >= ORDER.indexOf(wait);
  const later = isReached
    ? ''
    : state === 'queued'
      ? ': it goes out the next time'
      : ': nobody has said yet that it came';
  return {
    json: { delivery: id, receiver, state },
    text: `${state}${later}`,
    ...(!isReached && { exitCode: EXIT.delivery }),
  };
}
