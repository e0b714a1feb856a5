/** Puts messages into boxes, and on their way to who is there. */
import type { Box, Mailbox, MailboxLimits, Posting, PostingOutcome, StoredMessage } from '../ports/mailbox.ts';
import type { Meter } from '../ports/meter.ts';
import type { Sessions } from '../sessions/sessions.ts';

/** What a {@link PostOffice} is made of. */
export interface PostOfficeOptions {
  readonly mailbox: Mailbox;
  readonly limits: MailboxLimits;
  readonly sessions: Sessions;
  readonly meter: Meter;
}

/** What became of a message in one box. */
export interface Delivery {
  readonly box: Box;
  readonly is: PostingOutcome['is'];
  /** Where it is in the box; undefined where it is not. */
  readonly position: number | undefined;
  /** Whether somebody is there to whom it goes out. */
  readonly isOnItsWay: boolean;
}

/** Keeps messages, then sends them. */
export class PostOffice {
  readonly #options: PostOfficeOptions;
  /** What was kept first is told of first, whoever asked for it: else a stream would take a later one for the next. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: PostOfficeOptions) {
    this.#options = options;
  }

  /**
   * Keeps messages, and puts them on their way to the terminals that are there.
   * @returns for each posting, and each of its boxes, what became of it
   * @throws DimError `STORE_…`: nothing was kept, and nothing goes out
   */
  async post(postings: readonly Posting[]): Promise<readonly (readonly Delivery[])[]> {
    const { mailbox, limits } = this.#options;
    const deliveries = this.#deliver(this.#last, postings, mailbox.append(postings, limits));
    this.#last = deliveries.then(ignore, ignore);
    return deliveries;
  }

  async #deliver(
    before: Promise<void>,
    postings: readonly Posting[],
    outcomes: Promise<readonly (readonly PostingOutcome[])[]>,
  ): Promise<readonly (readonly Delivery[])[]> {
    // Whoever comes behind one that failed need not fail with it.
    await Promise.allSettled([before, outcomes]);
    const found = await outcomes;
    return postings.map((posting, index) =>
      posting.boxes.map((box, place) => this.#send(posting, box, found[index]?.[place] ?? FULL)),
    );
  }

  #send({ bytes, keptAt }: Posting, box: Box, outcome: PostingOutcome): Delivery {
    const { sessions, meter } = this.#options;
    meter.add(outcome.is === 'full' ? 'full' : 'kept', outcome.is === 'known' ? 0 : 1);
    const here = outcome.is === 'full' ? [] : sessions.at(box.user, box.terminal);
    if (outcome.is === 'kept') {
      const message: StoredMessage = { position: outcome.position, bytes, keptAt };
      for (const { streams } of here)
        for (const stream of streams) if (stream.box.terminal === box.terminal) stream.added(message);
    }
    const position = outcome.is === 'full' ? undefined : outcome.position;
    return { box, is: outcome.is, position, isOnItsWay: here.length > 0 };
  }
}

const FULL: PostingOutcome = { is: 'full' };

function ignore(): void {
  // Whoever asked is told.
}
