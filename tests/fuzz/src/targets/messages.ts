/**
 * Messages: signed and encrypted ones, changed on their way. Whatever comes out of a messenger was said by its sender.
 */
import { readFileSync } from 'node:fs';
import {
  explainMessage,
  TransportableData,
  type Change,
  type JsonMap,
  type MessageExplanation,
  type Messenger,
  type MessengerOptions,
  type ReliableMessage,
} from 'dimp';
import { encodeBase64 } from 'dimp/extend';
import { expect } from '../finding.ts';
import { attempt, attemptAsync, checkGlobals, type Outcome } from '../invariants.ts';
import { isMap, readTree, type JsonValue } from '../json-tree.ts';
import type { Target } from '../target.ts';
import { dim } from './context.ts';
import { casesOf, inputsOf } from './vectors.ts';
import { changesFor, NOW, READERS, storeWith, world } from './world.ts';

/** Messages that prove their envelope, by keys of the same world. */
const proved = JSON.parse(
  readFileSync(new URL('../../data/proved-messages.json', import.meta.url), 'utf8'),
) as readonly { readonly [name: string]: JsonValue }[];
const cases = [...proved, ...casesOf('messages').filter((item) => !('reused_key' in item))];

/** What was said, and by whom. */
const SAID: ReadonlyMap<string, string> = new Map(
  cases.map(({ content, sender }) => [canonical(content), dim.ID.parse(sender).entityKey]),
);

/** What was signed, and how: a signature for something else, or another one for the same, is not of this world. */
const SIGNED = new Set(cases.map(({ message }) => signedOf(dim.ReliableMessage.parse(message))));

/** The envelopes that were proved, and to whom they went. */
const PROVED = new Map(
  proved.map(({ message }) => {
    const original = dim.ReliableMessage.parse(message);
    return [envelopeOf(original), original.receiver];
  }),
);

/** A reader's friends are all of the world; a stranger knows nobody else. */
const EVERYBODY = await changesFor(Object.keys(world));
const ALONE = new Map<string, readonly Change[]>();
for (const id of READERS) ALONE.set(id, await changesFor([id]));

export const target: Target = {
  name: 'messages',
  isJson: true,
  seeds: [
    ...inputsOf(cases.map(({ message }) => message)),
    ...inputsOf(cases.map(introduced)),
    ...cases.flatMap((item) =>
      typeof item['package'] === 'string' ? [new TextEncoder().encode(item['package'])] : [],
    ),
    ...inputsOf(casesOf('messages', 'forged').map(({ message }) => message)),
  ],
  async run(input) {
    // The one that it is for, as far as one can tell; any other one is as good.
    const wire = readTree(input);
    const named = wire !== undefined && isMap(wire) ? (wire['receiver'] ?? wire['R']) : undefined;
    const reader = READERS.find((id) => id === named) ?? READERS[input.length % READERS.length] ?? '';
    await checkRead(input, wire, readerOf(reader, EVERYBODY));
    if (wire !== undefined && isMap(wire) && (wire['meta'] ?? wire['M']) !== undefined)
      await checkRead(input, wire, readerOf(reader, ALONE.get(reader) ?? []));
    checkGlobals();
  },
};

async function checkRead(input: Uint8Array, wire: JsonValue | undefined, reader: MessengerOptions): Promise<void> {
  const messenger: Messenger = dim.messenger(reader);
  const explained = await attemptAsync(() => explainMessage(dim, input, { ...reader, memory: reader.store }));
  const unpacked = await attemptAsync(() => messenger.unpack(input));
  checkExplained(explained, unpacked);
  if (!unpacked.ok) return;
  const { content, sender, group, message, authenticated } = unpacked.value;
  const text = canonical(content.fields);
  const author = SAID.get(text);
  const isProved = authenticated === 'envelope';
  expect(author !== undefined || (hasOtherIv(wire) && !isProved), 'a content that nobody wrote', () => text);
  expect(author === undefined || author === sender.entityKey, "a content of another's", () => `${author} ${text}`);
  const received = dim.ReliableMessage.decode(input);
  expect(SIGNED.has(signedOf(received)), 'a message that nobody signed');
  if (isProved) checkProved(received);
  expect(group === content.group, 'a message of another group than its content');
  expect(message.content === content, 'two contents in one message');
  const again = await attemptAsync(() => messenger.unpack(input));
  expect(!again.ok && again.error.code === 'INPUT_REPLAY', 'a message was read twice');
}

/** An explanation never ends with an error, and says what the messenger does. */
function checkExplained(explained: Outcome<MessageExplanation>, unpacked: Outcome<unknown>): void {
  expect(explained.ok, 'a message cannot be explained', () => (explained.ok ? '' : explained.error.message));
  const { opening } = explained.value;
  const said = 'fault' in opening ? `${opening.fault.code} ${opening.fault.path}` : opening.is;
  const done = unpacked.ok ? 'opened' : `${unpacked.error.code} ${unpacked.error.path}`;
  expect(said === done, 'an explanation says something else', () => `${said}, and not ${done}`);
}

function signedOf({ sender, dataBytes, signature }: ReliableMessage): string {
  return [sender.entityKey, encodeBase64(dataBytes), encodeBase64(signature)].join();
}

function envelopeOf({ sender, time, type, fields }: ReliableMessage): string {
  return JSON.stringify([sender.entityKey, time, type, ivOf(fields as JsonValue)]);
}

function checkProved(received: ReliableMessage): void {
  const receiver = PROVED.get(envelopeOf(received));
  // What went to a group may be split, for any one of it.
  const isSame = receiver !== undefined && (receiver.isGroup || receiver.equals(received.receiver));
  expect(isSame, 'an envelope that nobody proved', () => envelopeOf(received));
}

/** A message with its sender's meta and visa, as for first contact. */
function introduced({ message, sender }: { readonly [name: string]: JsonValue }): JsonValue | undefined {
  const { meta, documents } = world[typeof sender === 'string' ? sender : ''] ?? {};
  const visa = Array.isArray(documents) ? documents[0] : undefined;
  return meta === undefined || visa === undefined ? undefined : { ...(message as object), meta, visa };
}

/** A reader without memory of what was read before this input. */
function readerOf(reader: string, known: readonly Change[]): MessengerOptions {
  // Of any year, as the vectors are.
  const replay = { maxAge: Infinity };
  return { self: dim.ID.parse(reader), store: storeWith(known), clock: () => NOW, replay };
}

const IVS = new Set(cases.map(({ message }) => ivOf(message)));

/** Nobody signs the IV, which is a part of the first 16 bytes: the envelope's proof is there for that. */
function hasOtherIv(wire: JsonValue | undefined): boolean {
  return !IVS.has(ivOf(wire));
}

/** The bytes of the IV in one form, whichever of its forms they came in. */
function ivOf(message: JsonValue | undefined): JsonValue | undefined {
  const iv = message !== undefined && isMap(message) ? (message['IV'] ?? message['iv']) : undefined;
  const data = attempt(() => TransportableData.parse(iv));
  return data.ok ? encodeBase64(data.value.bytes) : iv;
}

/** The fields in the order of their names, as JSON. */
function canonical(content: unknown): string {
  const fields = JSON.parse(JSON.stringify(content)) as JsonMap;
  return JSON.stringify(fields, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
