/** A chat through pipes: each line of the input is a text, and what comes is printed. Nothing in it is a command. */
import { withDeadline } from '../input/deadline.ts';
import { createInterface } from 'node:readline';
import type { Delivery } from 'dimsdk';
import type { Call, Result } from '../command/call.ts';
import { EXIT } from '../command/exit-codes.ts';
import { findPeer } from '../messages/find-peer.ts';
import { untilOnline } from '../messages/open-client.ts';
import { ended } from '../messages/until-delivery.ts';
import type { Chat } from './chat.ts';
import { tellHappenings } from './happenings.ts';

/** In milliseconds. */
const GOODBYE = 2000;

/** More than this on its way, and the input waits. */
const MOST_UNSENT = 100;

/** Sends all lines, and is done when a station has all of them. What is not sent by then stays, and goes out the next time. */
export async function chatThroughPipe(
  call: Call,
  chat: Chat,
  { who, seconds }: { readonly who: string; readonly seconds: number },
): Promise<Result> {
  const { stdin, signal } = call.context;
  const unsent = new Unsent();
  const stop = tellHappenings(chat);
  try {
    await chat.talkTo(await findPeer(chat.open, who), { isUnseenOnly: true });
    for await (const line of createInterface({ input: stdin, terminal: false, signal })) {
      if (line.trim() === '') continue;
      unsent.add(await chat.say(line));
      if (unsent.size >= MOST_UNSENT) await unsent.fewer(signal);
    }
    if (unsent.size > 0 && !signal.aborted) {
      await untilOnline(chat.open, { signal, seconds });
      await withDeadline(signal, seconds, async (over) => unsent.none(over));
      // Receipts, and what else the client says by itself.
      await withDeadline(signal, GOODBYE, async (over) => chat.open.client.flush(over));
    }
  } finally {
    stop();
  }
  const { size: queued, sent, failed } = unsent;
  if (queued > 0) call.note(`${queued} texts wait here, and go out the next time.`);
  return {
    json: { event: 'end', sent, queued, failed },
    text: '',
    ...((queued > 0 || failed > 0) && { exitCode: EXIT.delivery }),
  };
}

/** What no station has yet. */
class Unsent {
  sent = 0;
  failed = 0;
  readonly #all = new Set<Promise<void>>();

  get size(): number {
    return this.#all.size;
  }

  add(delivery: Delivery): void {
    const done = this.#follow(delivery).finally(() => this.#all.delete(done));
    this.#all.add(done);
  }

  async #follow(delivery: Delivery): Promise<void> {
    try {
      await delivery.until('sent');
      this.sent++;
    } catch {
      this.failed++;
    }
  }

  /** Done when there are fewer. */
  async fewer(signal: AbortSignal): Promise<void> {
    await Promise.race([...this.#all, ended(signal)]);
  }

  async none(signal: AbortSignal): Promise<void> {
    await Promise.race([Promise.all(this.#all), ended(signal)]);
  }
}
