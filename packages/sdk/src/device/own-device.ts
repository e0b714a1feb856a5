/** What all parts of a client share: whose device it is, what it reads and writes with, and where that is kept. */
import type { Content, ID, MessageContext, Messenger, MessengerOptions } from 'dimp';
import type { Clock } from '../ports/clock.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Logger } from '../ports/logger.ts';
import { WorkingStore } from '../store/working-store.ts';
import { Sequence } from './sequence.ts';

/** A context that packs and opens messages: `createDim` makes one. */
export interface DeviceContext<C extends Content> extends MessageContext<C> {
  messenger(options: MessengerOptions): Messenger<C>;
}

/** How messages are read and written here, beside what is decided for each. */
export type MessageOptions = Omit<MessengerOptions, 'self' | 'store' | 'clock'>;

/** A device of a person. */
export class OwnDevice<C extends Content> {
  readonly dim: DeviceContext<C>;
  /** The person; with a terminal where this device has a key of its own. */
  readonly self: ID;
  readonly store: WorkingStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sequence: Sequence;
  /** Packs and opens; what it would keep is staged. To be used inside `store.exclusive` alone. */
  readonly messenger: Messenger<C>;

  constructor(
    options: Pick<OwnDevice<C>, 'dim' | 'self' | 'clock' | 'logger'> & {
      readonly store: ClientStore;
      readonly messages: MessageOptions;
    },
  ) {
    const { dim, self, clock, logger } = options;
    this.dim = dim;
    this.self = self;
    this.clock = clock;
    this.logger = logger;
    this.store = new WorkingStore(dim, options.store);
    this.sequence = new Sequence(clock);
    const { meta, documents, keys, members, messageKeys, readState } = this.store;
    const staging = {
      meta,
      documents,
      keys,
      members,
      messageKeys,
      readState,
      commit: (changes: Parameters<ClientStore['commit']>[0]) => this.store.stage({ changes }),
    };
    this.messenger = dim.messenger({ ...options.messages, self, store: staging, clock: () => clock.now() });
  }

  /** When what is written now is written: options of a new content. */
  get writtenNow(): { readonly time: number } {
    return { time: this.clock.now() };
  }

  /** What is to come stands behind all that is in a partition, also where the clock was set back meanwhile. */
  async continueAfter(table: string, partition: string): Promise<void> {
    const [last] = await this.store.kept.rows(table, partition, { reverse: true, limit: 1 });
    if (last !== undefined) this.sequence.after(last.order);
  }

  /** Whether an ID is this person, at whatever terminal. */
  isSelf(id: ID): boolean {
    return id.equals(this.self);
  }
}
