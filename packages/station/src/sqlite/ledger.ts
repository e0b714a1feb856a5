/**
 * How much waits for whom, as one transaction sees and changes it: each user and box is read once, and written once, however
 * many messages come or go.
 */
import { numberIn, textBytes, type SqliteConnection } from 'dimsdk/node/internal';
import type { Box, MailboxTotal } from '../ports/mailbox.ts';

/** A user, or a box; it has no number before it is written. */
interface Account {
  number: number | undefined;
  messages: number;
  bytes: number;
  isChanged: boolean;
}

/** What waits for one user. */
export interface UserAccount extends Account {
  readonly name: Uint8Array;
}

/** What waits in one box. */
export interface BoxAccount extends Account {
  readonly user: UserAccount;
  readonly terminal: Uint8Array;
}

/** What waits for one user, or for all, of one sender, or of all of a kind. */
export interface SenderAccount extends Account {
  readonly user: UserAccount;
  readonly kind: number;
  readonly name: Uint8Array;
}

/** Whether sender and user know each other: two bits of the kind of an account. The numbers are in files. */
const FROM_STRANGER = 1;
const TO_STRANGER = 2;
/** Kinds of accounts that sum up others: of all strangers for one user, of one sender for all users, and for all who were never here. */
const STRANGERS = 4;
const SENDER_IN_ALL = 5;
const TO_STRANGERS = 6;
const NO_NAME = new Uint8Array(0);

/** See the top of the file. */
export class Ledger {
  readonly #connection: SqliteConnection;
  readonly #users = new Map<string, UserAccount>();
  readonly #boxes = new Map<string, BoxAccount>();
  readonly #senders = new Map<string, SenderAccount>();
  /** Stands for all users. No user has its number. */
  readonly #nobody: UserAccount = { name: NO_NAME, number: 0, messages: 0, bytes: 0, isChanged: false };
  readonly #total: Record<'position' | 'boxes' | 'messages' | 'bytes', number>;
  #isChanged = false;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    const row = connection.get('SELECT position, boxes, messages, bytes FROM tallies') ?? {};
    const [position, boxes, messages, bytes] = ['position', 'boxes', 'messages', 'bytes'].map((name) =>
      numberIn(row, name),
    ) as [number, number, number, number];
    this.#total = { position, boxes, messages, bytes };
  }

  get total(): MailboxTotal {
    const { boxes, messages, bytes } = this.#total;
    return { boxes, messages, bytes };
  }

  /** The position of a message that comes now. */
  nextPosition(): number {
    this.#isChanged = true;
    return ++this.#total.position;
  }

  box({ user, terminal }: Box): BoxAccount {
    return this.#box(this.#user(textBytes(user)), textBytes(terminal));
  }

  /** A box by its number. */
  boxOf(number: number): BoxAccount {
    const row = this.#connection.get(
      'SELECT users.name, boxes.terminal FROM boxes JOIN users ON users.number = boxes.user WHERE boxes.number = ?',
      number,
    );
    return this.#box(this.#user(row?.['name'] as Uint8Array), row?.['terminal'] as Uint8Array);
  }

  #user(name: Uint8Array): UserAccount {
    const key = keyOf(name);
    const known = this.#users.get(key);
    if (known !== undefined) return known;
    const row = this.#connection.get('SELECT number, messages, bytes FROM users WHERE name = ?', name);
    const account = { name, ...accountIn(row) };
    this.#users.set(key, account);
    return account;
  }

  #box(user: UserAccount, terminal: Uint8Array): BoxAccount {
    const key = `${keyOf(terminal)} ${keyOf(user.name)}`;
    const known = this.#boxes.get(key);
    if (known !== undefined) return known;
    const row =
      user.number === undefined
        ? undefined
        : this.#connection.get(
            'SELECT number, messages, bytes FROM boxes WHERE user = ? AND terminal = ?',
            user.number,
            terminal,
          );
    const account = { user, terminal, ...accountIn(row) };
    this.#boxes.set(key, account);
    return account;
  }

  /** A sender of a user's messages. */
  sender(
    user: UserAccount,
    name: string,
    { isFromStranger, isToStranger }: { readonly isFromStranger: boolean; readonly isToStranger: boolean },
  ): SenderAccount {
    const kind = (isFromStranger ? FROM_STRANGER : 0) + (isToStranger ? TO_STRANGER : 0);
    return this.#sender(user, kind, textBytes(name));
  }

  /** All strangers that have written to a user. */
  strangers(user: UserAccount): SenderAccount {
    return this.#sender(user, STRANGERS, NO_NAME);
  }

  /** What a sender has waiting for all users. */
  senderInAll({ name }: SenderAccount): SenderAccount {
    return this.#sender(this.#nobody, SENDER_IN_ALL, name);
  }

  /** What waits for all who have never been here. */
  toStrangers(): SenderAccount {
    return this.#sender(this.#nobody, TO_STRANGERS, NO_NAME);
  }

  /** A sender by its number. */
  senderOf(user: UserAccount, number: number): SenderAccount {
    const row = this.#connection.get('SELECT kind, name FROM senders WHERE number = ?', number) ?? {};
    return this.#sender(user, numberIn(row, 'kind'), row['name'] as Uint8Array);
  }

  #sender(user: UserAccount, kind: number, name: Uint8Array): SenderAccount {
    const key = `${kind} ${keyOf(name)} ${keyOf(user.name)}`;
    const known = this.#senders.get(key);
    if (known !== undefined) return known;
    const row =
      user.number === undefined
        ? undefined
        : this.#connection.get(
            'SELECT number, messages, bytes FROM senders WHERE user = ? AND kind = ? AND name = ?',
            user.number,
            kind,
            name,
          );
    const account = { user, kind, name, ...accountIn(row) };
    this.#senders.set(key, account);
    return account;
  }

  /** The number of a sender of whom something is kept. */
  numberOfSender(sender: SenderAccount): number {
    const { user } = sender;
    sender.number ??= this.#connection.number(
      'INSERT INTO senders (user, kind, name, messages, bytes) VALUES (?, ?, ?, 0, 0) RETURNING number',
      this.#numberOfUser(user),
      sender.kind,
      sender.name,
    );
    return sender.number;
  }

  #numberOfUser(user: UserAccount): number {
    user.number ??= this.#connection.number(
      'INSERT INTO users (name, messages, bytes) VALUES (?, 0, 0) RETURNING number',
      user.name,
    );
    return user.number;
  }

  /** The number of a box that something is put into. */
  numberOf(box: BoxAccount): number {
    const { user } = box;
    const userNumber = this.#numberOfUser(user);
    if (box.number === undefined) {
      box.number = this.#connection.number(
        'INSERT INTO boxes (user, terminal, messages, bytes) VALUES (?, ?, 0, 0) RETURNING number',
        userNumber,
        box.terminal,
      );
      // It is removed again if nothing is put into it.
      box.isChanged = user.isChanged = true;
      this.#total.boxes++;
    }
    return box.number;
  }

  /** Notes that messages came, or went. @param sender undefined for those of whom nobody knows who sent them */
  add(box: BoxAccount, sender: SenderAccount | undefined, messages: number, bytes: number): void {
    const senders = sender === undefined ? [] : this.#accountsOf(sender);
    for (const account of senders) this.numberOfSender(account);
    const accounts = [box, box.user, ...senders];
    for (const account of [...accounts, this.#total]) {
      account.messages += messages;
      account.bytes += bytes;
    }
    for (const account of accounts) account.isChanged = true;
    this.#isChanged = true;
  }

  /** A sender's own account, and those that sum up. */
  #accountsOf(sender: SenderAccount): readonly SenderAccount[] {
    return [
      sender,
      this.senderInAll(sender),
      ...(sender.kind & FROM_STRANGER ? [this.strangers(sender.user)] : []),
      ...(sender.kind & TO_STRANGER ? [this.toStrangers()] : []),
    ];
  }

  /** Writes what was changed; those for whom nothing waits are gone. */
  write(): void {
    for (const box of this.#boxes.values()) this.#write('boxes', box);
    for (const sender of this.#senders.values()) this.#write('senders', sender);
    for (const user of this.#users.values()) this.#write('users', user);
    if (!this.#isChanged) return;
    const { position, boxes, messages, bytes } = this.#total;
    this.#connection.run(
      'UPDATE tallies SET position = ?, boxes = ?, messages = ?, bytes = ?',
      position,
      boxes,
      messages,
      bytes,
    );
    this.#isChanged = false;
  }

  #write(table: 'boxes' | 'senders' | 'users', account: Account): void {
    if (!account.isChanged || account.number === undefined) return;
    account.isChanged = false;
    if (account.messages > 0) {
      const sql = `UPDATE ${table} SET messages = ?, bytes = ? WHERE number = ?`;
      this.#connection.run(sql, account.messages, account.bytes, account.number);
      return;
    }
    this.#connection.run(`DELETE FROM ${table} WHERE number = ?`, account.number);
    account.number = undefined;
    if (table === 'boxes') this.#total.boxes--;
  }
}

function accountIn(row: Parameters<typeof numberIn>[0] | undefined): Account {
  const of = (column: string): number => (row === undefined ? 0 : numberIn(row, column));
  return { number: row && of('number'), messages: of('messages'), bytes: of('bytes'), isChanged: false };
}

function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
