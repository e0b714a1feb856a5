/** Messages in memory: of those who are written to, boxes, and of each box its messages in order. */
import type { CheckedPosting } from './checked-postings.ts';
import { hasRoom, NOTHING, type Held } from './room.ts';
import type {
  Acknowledgement,
  Box,
  BoxUsage,
  MailboxLimits,
  MailboxTotal,
  PostingOutcome,
  ReadLimits,
  StoredMessage,
} from '../ports/mailbox.ts';

/** A message, the same object in all boxes that it is in. */
type Message = Omit<CheckedPosting, 'boxes'>;

/** A message in one box. */
interface Entry {
  readonly position: number;
  readonly message: Message;
}

interface Contents {
  /** By positions. */
  entries: Entry[];
  readonly positions: Map<string, number>;
  /** Of each sender, and of all strangers. */
  readonly accounts: Map<string, Held>;
  bytes: number;
}

/** What waits for one user, by terminals: those where something waits. */
type User = Map<string, Contents>;

/** See the top of the file. Its calls are those of a mailbox, at once. */
export class MemoryMailbox {
  readonly #users = new Map<string, User>();
  /** Of all users together. */
  readonly #accounts = new Map<string, Held>();
  /** One count for all boxes: so a box that is gone needs not be remembered. */
  #lastPosition = 0;

  append(postings: readonly CheckedPosting[], limits: MailboxLimits): readonly (readonly PostingOutcome[])[] {
    return postings.map(({ boxes, ...message }) => boxes.map((box) => this.#put(box, message, limits)));
  }

  #put({ user, terminal }: Box, message: Message, limits: MailboxLimits): PostingOutcome {
    const boxes: User = this.#users.get(user) ?? new Map<string, Contents>();
    const contents = boxes.get(terminal) ?? {
      entries: new Array<Entry>(),
      positions: new Map<string, number>(),
      accounts: new Map<string, Held>(),
      bytes: 0,
    };
    const known = contents.positions.get(message.mark);
    if (known !== undefined) return { is: 'known', position: known };
    const { bytes } = message;
    const held = {
      all: {
        all: this.#accounts.get(ALL) ?? NOTHING,
        sender: this.#accounts.get(senderInAll(message)) ?? NOTHING,
        toStrangers: this.#accounts.get(TO_STRANGERS) ?? NOTHING,
      },
      user: totalOf(boxes),
      sender: heldOf(boxes, senderOf(message)),
      strangers: heldOf(boxes, STRANGERS),
    };
    if (!hasRoom({ ...message, bytes: bytes.length }, held, limits)) return { is: 'full' };
    const position = ++this.#lastPosition;
    contents.entries.push({ position, message });
    contents.positions.set(message.mark, position);
    contents.bytes += bytes.length;
    this.#note(contents, message, 1);
    this.#users.set(user, boxes.set(terminal, contents));
    return { is: 'kept', position };
  }

  read({ user, terminal }: Box, after: number, limits: ReadLimits): readonly StoredMessage[] {
    const behind = (this.#users.get(user)?.get(terminal)?.entries ?? []).filter(({ position }) => position > after);
    const read: StoredMessage[] = [];
    let bytes = 0;
    for (const { position, message } of behind.slice(0, limits.messages)) {
      bytes += message.bytes.length;
      if (read.length > 0 && bytes > limits.bytes) break;
      read.push({ position, bytes: message.bytes.slice(), keptAt: message.keptAt });
    }
    return read;
  }

  acknowledge(acknowledgements: readonly Acknowledgement[]): void {
    for (const { box, positions } of acknowledgements) {
      const gone = new Set(positions);
      this.#keep(box, ({ position }) => !gone.has(position));
    }
  }

  expire(before: number): number {
    const boxes = [...this.#users].flatMap(([user, terminals]) =>
      [...terminals.keys()].map((terminal) => ({ user, terminal })),
    );
    return boxes.reduce((count, box) => count + this.#keep(box, ({ message }) => message.keptAt >= before), 0);
  }

  usage(user: string): readonly BoxUsage[] {
    return [...(this.#users.get(user) ?? [])].map(([terminal, { entries, bytes }]) => ({
      user,
      terminal,
      messages: entries.length,
      bytes,
      oldestAt: entries[0]?.message.keptAt ?? 0,
    }));
  }

  fullest(limit: number): readonly BoxUsage[] {
    return [...this.#users.keys()]
      .flatMap((user) => this.usage(user))
      .sort((one, other) => other.messages - one.messages)
      .slice(0, limit);
  }

  total(): MailboxTotal {
    const totals = [...this.#users.values()].map((boxes) => ({ boxes: boxes.size, ...totalOf(boxes) }));
    return totals.reduce(
      (sum, each) => ({
        boxes: sum.boxes + each.boxes,
        messages: sum.messages + each.messages,
        bytes: sum.bytes + each.bytes,
      }),
      { boxes: 0, messages: 0, bytes: 0 },
    );
  }

  #note({ accounts }: Contents, message: Message, one: 1 | -1): void {
    note(accounts, [senderOf(message), ...(message.isFromStranger ? [STRANGERS] : [])], message, one);
    const inAll = [ALL, senderInAll(message), ...(message.isToStranger ? [TO_STRANGERS] : [])];
    note(this.#accounts, inAll, message, one);
  }

  /** Keeps of a box what is to stay. @returns how many messages are gone */
  #keep({ user, terminal }: Box, stays: (entry: Entry) => boolean): number {
    const boxes = this.#users.get(user);
    const contents = boxes?.get(terminal);
    if (boxes === undefined || contents === undefined) return 0;
    const [left, gone] = [contents.entries.filter(stays), contents.entries.filter((entry) => !stays(entry))];
    contents.entries = left;
    for (const { message } of gone) {
      contents.positions.delete(message.mark);
      contents.bytes -= message.bytes.length;
      this.#note(contents, message, -1);
    }
    if (left.length === 0) boxes.delete(terminal);
    if (boxes.size === 0) this.#users.delete(user);
    return gone.length;
  }
}

/** What all strangers have is an account as that of each sender. */
const STRANGERS = 'strangers';

/** The account of who has sent a message: who is no stranger any more has another one. */
function senderOf({ sender, isFromStranger }: Message): string {
  return `${isFromStranger ? 'stranger' : 'known'} ${sender}`;
}

/** The accounts of all users together. */
const ALL = 'all';
const TO_STRANGERS = 'to strangers';

function senderInAll({ sender }: Message): string {
  return `sender ${sender}`;
}

/** A message came, or went. */
function note(
  accounts: Map<string, Held>,
  names: readonly string[],
  { bytes: { length } }: Message,
  one: 1 | -1,
): void {
  for (const name of names) {
    const held = accounts.get(name) ?? NOTHING;
    const now = { messages: held.messages + one, bytes: held.bytes + one * length };
    if (now.messages === 0) accounts.delete(name);
    else accounts.set(name, now);
  }
}

/** What is on one account. */
function heldOf(boxes: User, account: string): Held {
  let [messages, bytes] = [0, 0];
  for (const { accounts } of boxes.values()) {
    const held = accounts.get(account) ?? NOTHING;
    messages += held.messages;
    bytes += held.bytes;
  }
  return { messages, bytes };
}

function totalOf(boxes: User): Held {
  let [messages, bytes] = [0, 0];
  for (const contents of boxes.values()) {
    messages += contents.entries.length;
    bytes += contents.bytes;
  }
  return { messages, bytes };
}
