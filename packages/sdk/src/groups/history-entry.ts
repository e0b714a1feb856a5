/**
 * An entry of a group's history: a command that its author signed, and the message that proves it to anybody.
 *
 * Who wrote it, for which group, and when, is of what is signed. Neither the signature nor the envelope is any part of what
 * an entry is: whoever carries a message can change the one in a way that still verifies, and the other as they like.
 */
import { stringifyJson, type Dim, type GroupCommand, type ID, type ReliableMessage } from 'dimp';
import {
  changeFields,
  encodeBase64,
  encodeUtf8,
  optionalListOf,
  optionalTimeOf,
  requiredOf,
  textOf,
} from 'dimp/extend';
import type { Received } from '../ports/handler.ts';
import type { Row } from '../ports/client-store.ts';
import { wrongRow } from './group-state.ts';

/** The commands that make history. All others either ask, or are done by a bulletin. */
export const HISTORY_COMMANDS = ['reset', 'invite', 'join', 'quit', 'resign'] as const;

/** A command that makes history. */
export type HistoryCommand = (typeof HISTORY_COMMANDS)[number];

/** One command of a group's history. */
export interface HistoryEntry {
  /** The same for all who have it, however it came to them. */
  readonly id: string;
  readonly group: ID;
  /** Who signed it; without a terminal. */
  readonly author: ID;
  readonly command: HistoryCommand;
  /** When it was written, as its author says, in seconds since 1970. */
  readonly time: number;
  /** Whom it is about; users, without terminals, each once. */
  readonly members: readonly ID[];
  /** The message as others can be given it; undefined where it came encrypted, so that nobody else can read it. */
  readonly message: Uint8Array | undefined;
}

/** Bytes of a command that is kept: some ten thousand members. */
export const MAX_ENTRY_BYTES = 512 * 1024;

/** A group has no more members than this. */
export const MAX_MEMBERS = 5000;

/** The table of the rows of history; the partition of a group is its entity key. */
export const HISTORY_TABLE = 'group-history';

/** Whether a command makes history. */
export function isHistoryCommand(command: string): command is HistoryCommand {
  return (HISTORY_COMMANDS as readonly string[]).includes(command);
}

/**
 * The entry that a command is.
 * @returns undefined for one that says no time, or is too large
 */
export function entryOf(
  dim: Pick<Dim, 'sha256'>,
  command: HistoryCommand,
  received: Pick<Received<GroupCommand>, 'content' | 'sender' | 'message' | 'wasEncrypted'>,
): HistoryEntry | undefined {
  const { content, sender } = received;
  const { time } = content;
  const members = userList(content.members);
  if (time === undefined || members.length > MAX_MEMBERS) return undefined;
  const message = received.wasEncrypted ? undefined : publicMessage(received.message);
  if (message !== undefined && message.length > MAX_ENTRY_BYTES) return undefined;
  const group = content.group.entity;
  const author = sender.entity;
  const said = [
    group.entityKey,
    author.entityKey,
    command,
    time,
    content.sn.toString(),
    ...members.map((member) => member.entityKey),
  ];
  return Object.freeze({ id: digestOf(dim, said), group, author, command, time, members, message });
}

/** A short name for a list of texts and numbers: the same wherever it is computed. */
export function digestOf({ sha256 }: Pick<Dim, 'sha256'>, parts: readonly (string | number)[]): string {
  return encodeBase64(sha256(encodeUtf8(JSON.stringify(parts))));
}

/** Users, without terminals, each once: nobody encrypts to everybody, nor to a group. */
export function userList(ids: readonly ID[]): readonly ID[] {
  const seen = new Map<string, ID>();
  for (const id of ids) if (id.isUser && !id.isBroadcast && !seen.has(id.entityKey)) seen.set(id.entityKey, id.entity);
  return Object.freeze([...seen.values()]);
}

/** What of a message is its author's. The rest is of those who carried it: where it went, what they attached. */
const KEPT_FIELDS: ReadonlySet<string> = new Set([
  'sender',
  'receiver',
  'time',
  'type',
  'group',
  'data',
  'signature',
  'envelope_proof',
]);

function publicMessage(message: ReliableMessage): Uint8Array {
  const others = Object.keys(message.fields).filter((name) => !KEPT_FIELDS.has(name));
  const removed = Object.fromEntries(others.map((name) => [name, undefined]));
  return encodeUtf8(stringifyJson(changeFields(message.fields, removed)));
}

/** A row for an entry. */
export function entryRow(entry: HistoryEntry): Row {
  const { id, group, author, command, time, members, message } = entry;
  return {
    table: HISTORY_TABLE,
    key: id,
    partition: group.entityKey,
    order: time,
    value: {
      is: command,
      group: group.toString(),
      author: author.toString(),
      time,
      members: members.map(String),
    },
    ...(message !== undefined && { bytes: message }),
  };
}

/** Reads what {@link entryRow} wrote. @throws DimError `INTERNAL_STORE` for anything else */
export function readEntry(dim: Pick<Dim, 'ID'>, { key, value, order, bytes }: Row): HistoryEntry {
  const readId = (item: unknown): ID => dim.ID.parse(item);
  try {
    const command = textOf(value, 'is');
    if (!isHistoryCommand(command)) throw new Error(`no command of a history: ${command}`);
    return Object.freeze({
      id: key,
      group: requiredOf(value, 'group', readId),
      author: requiredOf(value, 'author', readId),
      command,
      time: optionalTimeOf(value, 'time') ?? order,
      members: Object.freeze((optionalListOf(value, 'members') ?? []).map(readId)),
      message: bytes,
    });
  } catch (error) {
    throw wrongRow(HISTORY_TABLE, error);
  }
}

/** How many bytes an entry takes, nearly. */
export function sizeOf({ members, message }: HistoryEntry): number {
  return 200 + members.length * 50 + (message?.length ?? 0);
}

/** The message of an entry, to be handed on. @throws DimError `INTERNAL_STORE` */
export function messageOf(dim: Pick<Dim, 'ReliableMessage'>, bytes: Uint8Array): ReliableMessage {
  try {
    return dim.ReliableMessage.decode(bytes);
  } catch (error) {
    throw wrongRow(HISTORY_TABLE, error);
  }
}
