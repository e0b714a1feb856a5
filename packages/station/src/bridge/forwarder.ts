/** Messages of users who are at one neighbor, on their way there: in order, and kept here until they are there. */
import type { ID } from 'dimp';
import { fieldsToAdd, withFields } from '../messages/station-fields.ts';
import { readMessage } from '../messages/received-message.ts';
import type { Box, StoredMessage } from '../ports/mailbox.ts';
import type { PassedMessage } from '../ports/neighbors.ts';
import type { Departures } from '../routing/departures.ts';
import { traceOf, tracesOf } from '../routing/trace-guard.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Ways } from './ways.ts';

/** Boxes that are passed on at the same time, and how much of each. */
const BOXES = 16;
const WINDOW = { messages: 32, bytes: 256 * 1024 };
/** Boxes that wait for their turn. For more, all are looked through. */
const MAX_WAITING = 10_000;
/** Terminals that are read at once. */
const PAGE = 256;

/** What a forwarder is made of. */
export interface ForwarderOptions {
  readonly parts: StationParts;
  readonly ways: Ways;
  readonly departures: Departures;
  readonly station: ID;
  readonly messageBytes: number;
  /** Where a terminal is now; undefined for here. */
  readonly stationOf: (user: ID, terminal: string) => Promise<ID | undefined>;
  /** It was not all passed on: it may be elsewhere by now. */
  readonly again: (user: ID, terminal: string) => Promise<unknown>;
}

interface Place {
  readonly user: ID;
  readonly terminal: string;
}

/** A message that is about to leave. */
interface Leaving {
  readonly position: number;
  readonly trace: string;
  readonly message: PassedMessage;
}

/** Passes on what waits in boxes. */
export class Forwarder {
  readonly #options: ForwarderOptions;
  #waiting = new Map<string, Place>();
  /** Those at work, and whether something came into the box in the meantime. */
  readonly #running = new Map<string, { hasMore: boolean }>();
  readonly #work = new Set<Promise<void>>();
  /** All boxes are looked through, once for each time that it is asked for. */
  #scan: { isAgain: boolean } | undefined;

  constructor(options: ForwarderOptions) {
    this.#options = options;
  }

  /** Something may wait for a terminal. */
  add(user: ID, terminal: string): void {
    const key = `${user.entityKey} ${terminal}`;
    const running = this.#running.get(key);
    if (running !== undefined) running.hasMore = true;
    else if (this.#waiting.size < MAX_WAITING) this.#waiting.set(key, { user, terminal });
    else this.all();
    this.#next();
  }

  /** Something may wait for any. */
  all(): void {
    if (this.#scan !== undefined) this.#scan.isAgain = true;
    else this.#begin(this.#lookThrough());
  }

  /** Ends when nothing is at work any more: soon after the last way is lost. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  #next(): void {
    for (const [key, place] of this.#waiting) {
      if (this.#running.size >= BOXES) return;
      this.#waiting.delete(key);
      this.#begin(this.#passOn(key, place));
    }
  }

  #begin(work: Promise<void>): void {
    const { logger } = this.#options.parts;
    const guarded = work.catch((error: unknown) => {
      logger.error('what waits for another station could not be passed on', { error: String(error) });
    });
    this.#work.add(guarded);
    void guarded.then(() => this.#work.delete(guarded));
  }

  async #lookThrough(): Promise<void> {
    const { parts, ways, station } = this.#options;
    const scan = { isAgain: true };
    this.#scan = scan;
    try {
      while (scan.isAgain && ways.has(station)) {
        scan.isAgain = false;
        let after: string | undefined;
        for (;;) {
          const found = await parts.logins.at(station, after, PAGE);
          for (const { user, terminal } of found) {
            const boxes = await parts.engine.mailbox.usage(user.entityKey);
            const isWaiting = boxes.some((box) => box.terminal === terminal && box.messages > 0);
            if (isWaiting) this.add(user, terminal);
          }
          after = found.at(-1)?.key;
          if (after === undefined || !ways.has(station)) break;
        }
      }
    } finally {
      this.#scan = undefined;
    }
  }

  async #passOn(key: string, { user, terminal }: Place): Promise<void> {
    const state = { hasMore: true };
    this.#running.set(key, state);
    let isDone = true;
    try {
      while (state.hasMore && isDone) {
        state.hasMore = false;
        isDone = await this.#passAll(user, terminal);
      }
    } finally {
      this.#running.delete(key);
      this.#next();
    }
    if (!isDone) await this.#options.again(user, terminal);
  }

  /** @returns false where some of it is still here that could be there */
  async #passAll(user: ID, terminal: string): Promise<boolean> {
    const { parts, station, stationOf } = this.#options;
    const box = { user: user.entityKey, terminal };
    const recipient = this.#recipientOf(user, terminal);
    if (recipient === undefined) return true;
    for (let after = 0; ;) {
      if ((await stationOf(user, terminal))?.equals(station) !== true) return true;
      const found = await parts.engine.mailbox.read(box, after, WINDOW);
      const last = found.at(-1);
      if (last === undefined) return true;
      const leaving = found.flatMap((message) => this.#prepare(message, recipient));
      if (!(await this.#passSome(box, leaving))) return false;
      after = last.position;
    }
  }

  /** @returns undefined for a box of old, whose terminal no ID can have: nobody is there */
  #recipientOf(user: ID, terminal: string): string | undefined {
    const entity = user.entity.toString();
    return terminal === '' ? entity : this.#options.parts.dim.ID.tryParse(`${entity}/${terminal}`)?.toString();
  }

  /** @returns nothing for a message that stays: it is too large, has gone too far, or is on its way already */
  #prepare({ bytes, position }: StoredMessage, recipient: string): readonly Leaving[] {
    const { parts, departures, messageBytes } = this.#options;
    const whole = withFields(bytes, fieldsToAdd({ rcpt: recipient }));
    if (whole.length > messageBytes) return [];
    const { message, mark, signature } = readMessage(parts.dim, bytes, true);
    if (tracesOf(message.fields, parts.self.toString()).isFull) return [];
    const trace = traceOf(mark, recipient);
    return departures.begin(trace) ? [{ position, trace, message: { bytes: whole, signature } }] : [];
  }

  /** @returns whether all of them are there */
  async #passSome(box: Box, leaving: readonly Leaving[]): Promise<boolean> {
    const { parts, ways, departures, station } = this.#options;
    const there = await Promise.all(leaving.map(async ({ message }) => ways.send(message, station)));
    const [gone, left] = [leaving.filter((_, index) => there[index]), leaving.filter((_, index) => !there[index])];
    for (const { trace } of left) departures.failed(trace);
    await departures.arrived(
      gone.map(({ trace }) => trace),
      async (removed) => {
        const positions = gone.filter(({ trace }) => removed.has(trace)).map(({ position }) => position);
        await parts.engine.mailbox.acknowledge([{ box, positions }]);
        parts.meter.add('acknowledged', positions.length);
      },
    );
    return left.length === 0;
  }
}
