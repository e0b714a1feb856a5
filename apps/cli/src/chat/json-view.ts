/**
 * A chat as lines of JSON, one for each event:
 *
 * `{ event: 'message', …, delivery }`: what `dim read` tells of a message, in the open conversation
 * `{ event: 'delivery', delivery, state, waitsForReceiver, error }`, `error` is null or `{ code, reason }`; `waitsForReceiver`: the station does not know the ID
 * `{ event: 'connection', state }`, `online` or `offline`
 * `{ event: 'elsewhere', conversation, sender }` a message of another conversation
 * `{ event: 'group', group, owner }` this person is in a group now
 * `{ event: 'meta-changed', id }`, `{ event: 'error', error: { code, path, reason } }`, `{ event: 'notice', text }`
 */
import type { JsonMap } from 'dimp';
import { messageJson } from '../messages/message-facts.ts';
import type { DeliveryStep, Item, View } from './view.ts';

/** Writes objects. */
export class JsonView implements View {
  readonly #write: (json: JsonMap) => Promise<void>;

  constructor(write: (json: JsonMap) => Promise<void>) {
    this.#write = write;
  }

  async show(item: Item): Promise<void> {
    if (item.is === 'message') {
      const { stored } = item.message;
      await this.#write({ event: 'message', ...messageJson(stored), delivery: stored.delivery ?? null });
    } else if (item.is === 'notice' || item.is === 'alarm') await this.#write(item.json);
  }

  async delivery({ message, state, waitsForReceiver, error }: DeliveryStep): Promise<void> {
    const { delivery = null } = message.stored;
    const why = error === undefined ? null : { code: error.code, reason: error.reason };
    await this.#write({ event: 'delivery', delivery, state, waitsForReceiver, error: why });
  }

  // No command sends files or asks here.
  transfer(): void {}

  talk(): void {}

  async ask(): Promise<boolean> {
    return false;
  }
}
