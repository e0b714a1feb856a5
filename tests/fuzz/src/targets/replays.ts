/**
 * Replays: a window, many senders, and a clock. No message is taken for a new one twice, and whatever strangers do, a new
 * one of a contact is.
 *
 * An input is bytes: the capacity, then four for each step: what, who, when, which.
 */
import { ReplayWindow, readMarkKey, type ReadMark } from 'dimp';
import { bitcoinStyleAddress } from 'dimplugins';
import { expect, Finding } from '../finding.ts';
import { checkGlobals } from '../invariants.ts';
import type { Target } from '../target.ts';
import { dim } from './context.ts';

const HOUR = 60 * 60;
const MAX_AGE = 30 * 24 * HOUR;
const START = 1_700_000_000;
const STEP = 4;
const MAX_STEPS = 1000;
/** The part of a room that is left to what is not dated in the future, after it was full. */
const PAST_SHARE = 0.4;

const SENDERS = Array.from({ length: 64 }, (_, index) =>
  dim.ID.parse(bitcoinStyleAddress(new Uint8Array(32).fill(index), 0).text),
);
const READERS = SENDERS.slice(0, 2).map((id) => dim.ID.parse(`reader@${id.address.text}`));
const CONTACTS = SENDERS.slice(0, 3);

export const target: Target = {
  name: 'replays',
  isJson: false,
  seeds: [
    Uint8Array.of(8, ...message(0, 128, 1), ...message(0, 128, 1), 2, 0, 0, 0, ...message(0, 128, 1)),
    // Strangers who date ahead, then back; and a contact.
    Uint8Array.of(1, ...flood(10, 12, 200), ...message(1, 128, 7), ...flood(30, 12, 100), ...message(1, 127, 8)),
    Uint8Array.of(4, ...flood(10, 20, 128), 0, 0, 200, 0, ...flood(10, 20, 128), 4, 0, 0, 3, ...message(2, 128, 1)),
    Uint8Array.of(4, ...flood(20, 9, 129), 3, 20, 0, 0, ...flood(30, 30, 130), 1, 0, 100, 0, ...message(20, 128, 2)),
  ],
  run(input) {
    const game = new Game(input[0] ?? 0);
    for (let at = 1; at < Math.min(input.length, MAX_STEPS * STEP); at += STEP)
      game.step(input.subarray(at, at + STEP));
    checkGlobals();
  },
};

function message(who: number, when: number, which: number): readonly number[] {
  return [5, who, when, which];
}

function flood(first: number, count: number, when: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => message(first + index, when, index)).flat();
}

/** A window, and a memory of all that was read, which is as large as it likes. */
class Game {
  #now = START;
  #latest = START;
  /** The earliest time to which the clock was ever set back. */
  #setBack = Infinity;
  #window: ReplayWindow;
  readonly #options: { readonly capacity: number; readonly clock: () => number };
  readonly #read = new Set<string>();
  readonly #marks: ReadMark[] = [];
  /** Since when each is a contact, and how many of its messages were read. */
  readonly #contacts = new Map<string, { readonly isFromStart: boolean; count: number }>();

  constructor(size: number) {
    this.#options = { capacity: 8 + size, clock: () => this.#now };
    this.#window = new ReplayWindow(this.#options);
    for (const contact of CONTACTS) this.#know(contact, true);
  }

  step([what = 0, who = 0, when = 0, which = 0]: Uint8Array): void {
    const sender = SENDERS[who % SENDERS.length] ?? fail();
    switch (what % 16) {
      case 0:
        this.#now += when * HOUR;
        this.#latest = Math.max(this.#latest, this.#now);
        return;
      case 1:
        // A clock that was wrong is set right.
        this.#now -= when * 60;
        if (when > 0) this.#setBack = Math.min(this.#setBack, this.#now);
        return;
      case 2:
        this.#window = ReplayWindow.restore(JSON.parse(JSON.stringify(this.#window)), this.#options);
        return;
      case 3:
        return this.#know(sender, false);
      case 4:
        return this.#receive(this.#marks[which % Math.max(1, this.#marks.length)]);
      default: {
        const unit = what & 16 ? 24 * HOUR : 60;
        const time = this.#now + (when - 128) * unit;
        // What has the same number at the same time is the same message.
        this.#receive({ reader: READERS[what >> 7] ?? fail(), sender, id: `${which} ${time}`, time });
      }
    }
  }

  #know(sender: ReadMark['sender'], isFromStart: boolean): void {
    this.#window.know(sender);
    if (this.#contacts.has(sender.entityKey)) return;
    const count = this.#marks.filter((mark) => mark.sender.equals(sender)).length;
    this.#contacts.set(sender.entityKey, { isFromStart, count });
  }

  #receive(mark: ReadMark | undefined): void {
    if (mark === undefined) return;
    const key = readMarkKey(mark);
    const state = this.#window.stateOf(mark);
    const wasRead = this.#read.has(key);
    const detail = () => `${state} ${key} at ${this.#now}`;
    // Of a clock that was set back nothing is known but what is still remembered.
    expect(!wasRead || state !== 'new' || mark.time > this.#setBack, 'a message that was read is new', detail);
    expect(wasRead || state !== 'read', 'a message that was not read counts as read', detail);
    expect(wasRead || state === 'new' || !this.#mustBeNew(mark), "a contact's new message is refused", detail);
    if (state !== 'new') return;
    if (wasRead) return;
    this.#window.add(mark);
    this.#read.add(key);
    this.#marks.push(mark);
    const contact = this.#contacts.get(mark.sender.entityKey);
    if (contact !== undefined) contact.count++;
    const { capacity } = this.#options;
    // What was in the past before the clock was set back may be in the future now, and stays until then.
    const isRoomy = this.#setBack < Infinity || this.#window.size <= 2 * capacity;
    expect(isRoomy, 'more is remembered than there is room for', detail);
  }

  /** Of a contact that has not filled its own part of the room, and neither too old nor dated ahead. */
  #mustBeNew({ sender, time }: ReadMark): boolean {
    const contact = this.#contacts.get(sender.entityKey);
    if (contact?.isFromStart !== true) return false;
    // Each reader of a sender has a part of its own.
    const parts = this.#contacts.size * READERS.length;
    const share = Math.floor(this.#options.capacity * PAST_SHARE) / parts;
    return contact.count < share - 1 && time <= this.#now && time > this.#latest - MAX_AGE;
  }
}

function fail(): never {
  throw new Finding('the target is wrong');
}
