/** The parts of a message: one for each terminal, or station, that it goes to. */
import type { Dim, ID, JsonMap, JsonValue, ReliableMessage } from 'dimp';
import { changeFields } from 'dimp/extend';

/** What the station knows for exploding. */
export interface Surroundings {
  readonly dim: Dim;
  readonly station: ID;
  /** Other stations that are here. */
  readonly neighbors: readonly ID[];
  /** The terminals of the visas of a user that are known; the empty one for a visa without. */
  terminalsOf(user: ID): readonly string[];
  /** Whom a name stands for. */
  named(name: string): ID | undefined;
  readonly sendsSecondPart: boolean;
}

/** What goes to one receiver. */
export interface Part {
  readonly message: ReliableMessage;
  /** Who gets it: with a terminal, where it is for one. */
  readonly receiver: ID;
  /** Whether it is a part that deployed stations make, and that no session can ever get. */
  readonly isForNobody: boolean;
}

/** Splits a message for all whom it goes to. Nobody is told of what goes to nobody. */
export function explode(message: ReliableMessage, around: Surroundings): readonly Part[] {
  const { receiver } = message;
  const rcpt = message.fields['rcpt'];
  const known = rcpt === undefined ? undefined : around.dim.ID.tryParse(rcpt);
  if (known !== undefined) return [{ message, receiver: known, isForNobody: false }];
  if (isEveryStation(receiver))
    return [around.station, ...around.neighbors].map((station) => partFor(message, station, around));
  if (receiver.isBroadcast) return partsForName(message, around);
  // Groups are split by their members, or by bots.
  if (receiver.isGroup) return [];
  return partsForUser(message, around);
}

function isEveryStation(id: ID): boolean {
  return id.isBroadcast && id.isGroup && (id.name === 'stations' || id.name === 'everyone');
}

function partsForName(message: ReliableMessage, around: Surroundings): readonly Part[] {
  const { receiver, sender } = message;
  const found = receiver.name === undefined || receiver.isGroup ? undefined : around.named(receiver.name);
  if (found === undefined || found.isBroadcast || found.equals(sender) || found.equals(around.station)) return [];
  return [partFor(message, found, around)];
}

/** One for each key; one for each other terminal, with the key that is for all, if there is one. */
function partsForUser(message: ReliableMessage, around: Surroundings): readonly Part[] {
  const { receiver } = message;
  const terminals = around.terminalsOf(receiver);
  // Nobody knows at which terminals: it waits for one without a name.
  if (terminals.length === 0) return [{ message, receiver: receiver.entity, isForNobody: false }];
  const keys = keysFor(message, around.dim);
  const common = keys.get('');
  const names = new Set([...keys.keys(), ...terminals]);
  const parts = [...names].map((terminal) =>
    partFor(message, terminal === '' ? receiver.entity : receiver.at(terminal), around, keys.get(terminal) ?? common),
  );
  if (!around.sendsSecondPart || !terminals.includes('')) return parts;
  const nobody = withFields(around.dim, message, { rcpt: `${receiver.entity.toString()}//` });
  return [...parts, { message: nobody, receiver: receiver.entity, isForNobody: true }];
}

/** The keys of a message that are for its receiver, by terminals; the empty one for all. Others count for nothing. */
function keysFor({ key: only, keys, receiver }: ReliableMessage, dim: Dim): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  if (only !== undefined) own.set('', only);
  for (const [name, key] of keys) {
    const id = dim.ID.tryParse(name);
    if (id?.equals(receiver) === true) own.set(id.terminal ?? '', key);
  }
  return own;
}

/** A message for one receiver, with no keys but the receiver's; where there is none, with all that it had. */
function partFor(message: ReliableMessage, receiver: ID, { dim }: Surroundings, key?: string): Part {
  const rcpt = receiver.toString();
  const keys = key === undefined ? {} : { key: undefined, keys: withDigest({ [rcpt]: key }, message) };
  return { message: withFields(dim, message, { rcpt, ...keys }), receiver, isForNobody: false };
}

function withDigest(keys: JsonMap, { keyDigest }: ReliableMessage): JsonMap {
  return keyDigest === undefined ? keys : { ...keys, digest: keyDigest };
}

/** A message with other fields in its envelope. What is signed stays. */
export function withFields(
  dim: Dim,
  message: ReliableMessage,
  changes: { readonly [name: string]: JsonValue | undefined },
): ReliableMessage {
  return dim.ReliableMessage.parse(changeFields(message.fields, changes));
}

/** The fields of a message that stations write: nobody signs them. */
export function withoutStationFields({ fields }: ReliableMessage): JsonMap {
  const none = Object.fromEntries(STATION_FIELDS.map((name) => [name, undefined]));
  return changeFields(fields, none);
}

const STATION_FIELDS = ['from', 'rcpt', 'traces', 'neighbor', 'recipients'];
