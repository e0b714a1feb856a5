/** What was sent from here, and how far it is. */
import type { Delivery, DeliveryState, DeliveryWait } from 'dimsdk';
import type { DeliveryStep, ShownMessage } from './view.ts';

/** So many are followed; older ones are looked up when the conversation is opened again. */
const KEPT = 500;

/** Follows deliveries of messages that were shown. */
export class SentMessages {
  readonly #messages = new Map<string, ShownMessage>();
  readonly #failed = new Set<string>();
  readonly #waiting = new Set<string>();
  #last: string | undefined;

  /** A message was shown. */
  keep(message: ShownMessage): void {
    const { delivery } = message.stored;
    if (delivery === undefined) return;
    this.#messages.set(delivery, message);
    this.#last = delivery;
    const [oldest] = this.#messages.keys();
    if (this.#messages.size > KEPT && oldest !== undefined) this.#messages.delete(oldest);
  }

  /** What is new about a delivery; undefined where nothing is, or nobody was shown its message. */
  step({ id, state, error }: Delivery, waitsFor: DeliveryWait | undefined): DeliveryStep | undefined {
    const known = this.#messages.get(id);
    if (known === undefined) return undefined;
    const isFailure = error !== undefined && !this.#failed.has(id);
    const waitsForReceiver = waitsFor === 'receiver';
    const isWait = waitsForReceiver && !this.#waiting.has(id);
    if (known.state === state && !isFailure && !isWait) return undefined;
    if (isFailure) this.#failed.add(id);
    if (isWait) this.#waiting.add(id);
    const message = withState(known, state);
    this.#messages.set(id, message);
    return { message, state, error, waitsForReceiver, isLast: id === this.#last };
  }
}

function withState(message: ShownMessage, state: DeliveryState): ShownMessage {
  return { ...message, state };
}
