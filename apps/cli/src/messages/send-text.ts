/** `dim send`. */
import { TextContent } from 'dimp';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { readTextInput, STANDARD_INPUT } from '../input/read-input.ts';
import { findPeer } from './find-peer.ts';
import { withClient, type ClientCallOptions } from './open-client.ts';
import { untilDelivery, waitOf, type WaitOptions } from './until-delivery.ts';

/** Sends a text, and waits until it has come as far as was asked. */
export async function sendText(
  call: Call,
  { to, words }: { readonly to: string; readonly words: readonly string[] },
  options: ClientCallOptions & WaitOptions,
): Promise<Result> {
  const wait = waitOf(options);
  const text = await textOf(call, words);
  return withClient(call, { ...options, isOffline: wait.state === 'queued' }, async (open) => {
    const receiver = await findPeer(open, to);
    const delivery = await open.client.send(TextContent.create(text), receiver);
    return untilDelivery(call, open, delivery, wait);
  });
}

async function textOf({ context }: Call, words: readonly string[]): Promise<string> {
  const isFromInput = words.length === 0 || (words.length === 1 && words[0] === STANDARD_INPUT);
  if (!isFromInput) return words.join(' ');
  if (words.length === 0 && context.stdin.isTTY === true)
    throw wrong('what is to be sent? Give the words, or - for standard input');
  const text = (await readTextInput(context, STANDARD_INPUT)).replace(/\r?\n$/, '');
  if (text === '') throw wrong('standard input has no text to send');
  return text;
}
