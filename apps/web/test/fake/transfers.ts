/** Files on their way, of a fake engine. */
import type { EngineEvent } from '../../src/protocol/calls.ts';
import type { MessageView, TransferView } from '../../src/protocol/views.ts';
import { refused } from './given.ts';

export class FakeTransfers {
  readonly #wait: () => Promise<void>;
  /** Without an event: the state is another. */
  readonly #tell: (event?: EngineEvent) => void;
  going: readonly TransferView[] = [];

  constructor(wait: () => Promise<void>, tell: (event?: EngineEvent) => void) {
    this.#wait = wait;
    this.#tell = tell;
  }

  /** @throws EngineError when it is cancelled */
  async go({ key, conversation }: MessageView, filename: string, total: number, direction: 'up' | 'down') {
    const phase = direction === 'up' ? 'sending' : 'receiving';
    const going = { id: `t${key}`, conversation, key, filename, direction, phase, total } as const;
    for (const part of [0, 0.3, 0.6, 0.9]) {
      const transfer = { ...going, done: Math.round(total * part) };
      this.#set([...this.going.filter(({ id }) => id !== going.id), transfer]);
      this.#tell({ tell: 'transfer', transfer, is: 'going' });
      await this.#wait();
      if (!this.going.includes(transfer)) throw refused('DELIVERY_CANCELLED', 'it was taken back');
    }
    this.#set(this.going.filter(({ id }) => id !== going.id));
    this.#tell({ tell: 'transfer', transfer: { ...going, done: total }, is: 'done' });
  }

  cancel(id: string): void {
    this.#set(this.going.filter((transfer) => transfer.id !== id));
  }

  #set(going: readonly TransferView[]): void {
    this.going = going;
    this.#tell();
  }
}
