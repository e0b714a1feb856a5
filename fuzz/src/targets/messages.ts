/**
 * Messages: signed and encrypted ones, changed on their way. Whatever comes out of a messenger was said by its sender.
 */
import { readFileSync } from 'node:fs';
import {
  encodeBase64,
  MemoryStore,
  type Document,
  type JsonMap,
  type Messenger,
  type PrivateKey,
  type ReliableMessage,
} from 'dimp';
import { expect } from '../finding.ts';
import { attemptAsync, checkGlobals } from '../invariants.ts';
import { isMap, readTree, type JsonValue } from '../json-tree.ts';
import type { Target } from '../target.ts';
import { dim } from './context.ts';
import { casesOf, inputsOf, readVectors } from './vectors.ts';

const world = readVectors('messages')['world'] as { readonly [id: string]: { readonly [name: string]: JsonValue } };
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

/** Who reads: one with the keys of one device, one with several, one by an identity key alone. */
const READERS = Object.keys(world).filter((id) => world[id]?.['private'] !== undefined);

const store = new MemoryStore();
for (const [text, entity] of Object.entries(world)) await remember(text, entity);

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
    const unpacked = await attemptAsync(() => messengerOf(reader).unpack(input));
    if (unpacked.ok) {
      const { content, sender, group } = unpacked.value;
      const text = canonical(content.fields);
      const author = SAID.get(text);
      const isProved = unpacked.value.authenticated === 'envelope';
      expect(author !== undefined || (hasOtherIv(wire) && !isProved), 'a content that nobody wrote', () => text);
      expect(author === undefined || author === sender.entityKey, "a content of another's", () => `${author} ${text}`);
      const received = dim.ReliableMessage.decode(input);
      expect(SIGNED.has(signedOf(received)), 'a message that nobody signed');
      if (isProved) checkProved(received);
      expect(group === content.group, 'a message of another group than its content');
      expect(unpacked.value.message.content === content, 'two contents in one message');
    }
    checkGlobals();
  },
};

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

/** A messenger without memory of what it read. */
function messengerOf(reader: string): Messenger {
  return dim.messenger({ user: dim.ID.parse(reader), store });
}

const IVS = new Set(cases.map(({ message }) => ivOf(message)));

/** Nobody signs the IV, which is a part of the first 16 bytes: the envelope's proof is there for that. */
function hasOtherIv(wire: JsonValue | undefined): boolean {
  return !IVS.has(ivOf(wire));
}

function ivOf(message: JsonValue | undefined): JsonValue | undefined {
  return message !== undefined && isMap(message) ? (message['IV'] ?? message['iv']) : undefined;
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

async function remember(text: string, entity: { readonly [name: string]: JsonValue }): Promise<void> {
  const id = dim.ID.parse(text);
  await store.saveMeta(id, dim.Meta.parse(entity['meta']));
  if (Array.isArray(entity['private'])) {
    store.setPrivateKeys(
      id,
      entity['private'].map((key): PrivateKey => dim.PrivateKey.parse(key)),
    );
    const documents = (entity['documents'] as JsonValue[]).map((item): Document => dim.Document.parse(item));
    for (const document of documents) await store.saveDocument(document);
  } else {
    store.setMembers(
      id,
      (entity['members'] as JsonValue[]).map((member) => dim.ID.parse(member)),
    );
  }
}
