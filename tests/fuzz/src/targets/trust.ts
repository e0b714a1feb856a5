/**
 * Trust: what is signed stays as it is, and whatever else there is may change: labels of documents, the envelopes around
 * messages, what rides along. However they come, and in whatever order, a store that knows the sender gets no worse.
 *
 * An input is a list of steps: `{ message, with, visa? }` or `{ documents, did? }`, where a document is `{ document, with }`.
 * Numbers name what was signed, and `with` has the fields that nobody signs.
 */
import { readFileSync } from 'node:fs';
import {
  DocumentsCommand,
  keyDirection,
  Visa,
  type Document,
  type MemoryStore,
  type Messenger,
  type ReliableMessage,
} from 'dimp';
import { encodeUtf8 } from 'dimp/extend';
import { expect } from '../finding.ts';
import { attempt, attemptAsync, checkGlobals } from '../invariants.ts';
import { readTree, type JsonValue } from '../json-tree.ts';
import type { Target } from '../target.ts';
import { dim } from './context.ts';
import { inputsOf } from './vectors.ts';
import { changesFor, listOf, mapOf, NOW, storeWith, world, type Entity } from './world.ts';

/** What was signed, with the names that it had then. */
interface SignedFile {
  readonly messages: readonly { readonly note: string; readonly message: Entity }[];
  readonly documents: readonly { readonly note: string; readonly document: Entity }[];
}

const signed = JSON.parse(
  readFileSync(new URL('../../data/unsigned-names.json', import.meta.url), 'utf8'),
) as SignedFile;
const messages = signed.messages.map(({ message }) => message);
const documents = signed.documents.map(({ document }) => document);
const documentsCalled = (word: string): readonly Entity[] =>
  signed.documents.filter(({ note }) => note.endsWith(word)).map(({ document }) => document);

const [SENDER = '', READER = ''] = Object.keys(world);
const GROUP = Object.keys(world).at(-1) ?? '';
const [sender, reader] = [dim.ID.parse(SENDER), dim.ID.parse(READER)];
const KNOWN = await changesFor(Object.keys(world), (id) =>
  id === SENDER ? documentsCalled(' known') : listOf(world[id]?.['documents']),
);

/** Longer lists are cut: each step costs a signature or two. */
const MAX_STEPS = 6;

export const target: Target = {
  name: 'trust',
  isJson: true,
  seeds: inputsOf([...seedSteps(), [...seedSteps()].slice(0, MAX_STEPS)]),
  async run(input) {
    const steps = listOf(readTree(input)).slice(0, MAX_STEPS);
    const store = storeWith(KNOWN);
    const messenger = dim.messenger({ self: reader, store, clock: () => NOW });
    const read = new Set<number>();
    for (const step of steps.map(mapOf)) {
      const before = keptDocuments(store);
      const number = indexIn(messages, step['message']);
      if (number !== undefined) await open(messenger, store, { step, number, read });
      else if (Array.isArray(step['documents'])) await learn(messenger, step);
      checkDocuments(before, keptDocuments(store));
    }
    checkGlobals();
  },
};

async function open(
  messenger: Messenger,
  store: MemoryStore,
  { step, number, read }: { readonly step: Entity; readonly number: number; readonly read: Set<number> },
): Promise<void> {
  const visa = documentOf(step['visa']);
  const wire = { ...mapOf(step['with']), ...(visa && { visa }) };
  const decoded = attempt(() => dim.ReliableMessage.decode(bytesOf(asSigned(messages[number] ?? {}, wire))));
  if (!decoded.ok) return;
  const received = decoded.value;
  const opened = await attemptAsync(() => messenger.open(received));
  checkSendingKeys(store, received);
  if (!opened.ok) return;
  const { content } = opened.value;
  expect(!read.has(number), 'a message was read twice', () => JSON.stringify(step));
  read.add(number);
  const { receiver, group } = received;
  const isFor = (id: typeof group) => id !== undefined && content.group?.equals(id) === true;
  expect(receiver.isBroadcast || !receiver.isGroup || isFor(receiver), 'read in a group that it is not for');
  expect(group === undefined || isFor(group), 'read with a group that it is not for');
}

async function learn(messenger: Messenger, step: Entity): Promise<void> {
  const offered = listOf(step['documents']).map(documentOf);
  const command = { ...step, type: '136', sn: 1, time: NOW, command: 'documents', documents: offered };
  const content = attempt(() => dim.Content.parse({ did: SENDER, ...command }));
  if (!content.ok || !(content.value instanceof DocumentsCommand)) return;
  const { did: id, meta, documents: read } = content.value;
  await attemptAsync(() => messenger.learn({ id, meta, documents: read }));
}

/** What nobody signs may be another; what is signed stays. */
function asSigned(original: Entity, changes: Entity): Entity {
  const { data, signature } = original;
  return {
    ...original,
    ...changes,
    ...(data !== undefined && { data }),
    ...(signature !== undefined && { signature }),
  };
}

function documentOf(item: JsonValue | undefined): Entity | undefined {
  const { document, with: changes } = mapOf(item);
  const number = indexIn(documents, document);
  return number === undefined ? undefined : asSigned(documents[number] ?? {}, mapOf(changes));
}

function indexIn(list: readonly unknown[], number: JsonValue | undefined): number | undefined {
  return Number.isSafeInteger(number) ? Math.abs(number as number) % list.length : undefined;
}

function bytesOf(wire: Entity): Uint8Array {
  return encodeUtf8(JSON.stringify(wire));
}

/** A document that is kept, by what is signed of it; read here anew. */
interface Kept {
  readonly document: Document;
  readonly data: string;
  readonly time: number;
  /** `*` for all; undefined where none is signed. */
  readonly terminal: string | undefined;
}

function keptDocuments(store: MemoryStore): readonly Kept[] {
  return store.documents(sender).map(({ document }): Kept => {
    const data = document.data ?? '';
    const { time, terminal, did } = JSON.parse(data) as { time: number; terminal?: string; did?: string };
    return { document, data, time, terminal: terminal ?? did?.split('/')[1] };
  });
}

const TEXTS = new Set(documents.map(({ data }) => data));

function checkDocuments(before: readonly Kept[], after: readonly Kept[]): void {
  const fresh = after.filter(({ data }) => !before.some((old) => old.data === data));
  const gone = before.filter(({ data }) => !after.some((kept) => kept.data === data));
  for (const { document, data, time, terminal } of fresh) {
    expect(TEXTS.has(data), 'a document was kept that nobody signed', () => data);
    if (!(document instanceof Visa)) continue;
    for (const old of before) {
      const isRival = old.document instanceof Visa && (terminal === undefined || old.terminal === terminal);
      expect(!isRival || old.time < time, 'an older visa came back', () => JSON.stringify(document));
    }
  }
  for (const old of gone) {
    const isReplaced = fresh.some(({ time, document }) => time > old.time && document instanceof Visa);
    expect(isReplaced, 'a document is gone that no newer one replaced', () => JSON.stringify(old.document));
  }
  const places = after.filter(({ document }) => document instanceof Visa).map(placeOf);
  expect(new Set(places).size === places.length, 'two visas have one place', () => places.join());
  expect(newest(after) >= newest(before), 'the newest visa is gone');
}

/** Where a visa is found: the terminal that it signs, or the one that it is said to be of. */
function placeOf({ terminal, document }: Kept): string {
  return terminal === undefined ? `unsigned ${document.did.terminal ?? '*'}` : terminal;
}

function newest(kept: readonly Kept[]): number {
  return Math.max(...kept.filter(({ document }) => document instanceof Visa).map(({ time }) => time));
}

/** Nobody has written anything here, so that there is nothing to send with. */
function checkSendingKeys(store: MemoryStore, received: ReliableMessage): void {
  const { receiver } = received;
  const directions = [keyDirection(received)];
  for (const from of [sender, reader])
    for (const destination of [sender, reader, dim.ID.parse(GROUP), receiver])
      directions.push({ sender: from, destination });
  for (const direction of directions)
    expect(store.messageKeys(direction, 'send').length === 0, 'a key that came in is there to send with');
}

function seedSteps(): readonly JsonValue[] {
  const message = (number: number, fields: Entity = {}, visa?: JsonValue): JsonValue => ({
    message: number,
    with: fields,
    ...(visa !== undefined && { visa }),
  });
  const document = (number: number, fields: Entity = {}): JsonValue => ({ document: number, with: fields });
  const steps: readonly (readonly JsonValue[])[] = [
    ...messages.map((_, number) => [message(number)]),
    ...documents.map((_, number) => [{ documents: [document(number)] }]),
    [message(0), message(0, { time: 1, receiver: GROUP, group: GROUP }), message(0, { sender: `${SENDER}/phone` })],
    [message(0, { group: null, type: null, meta: null }, document(0, { did: `${SENDER}/phone` }))],
    [message(0, { meta: world[SENDER]?.['meta'] ?? null }, document(2))],
    [message(3, {}, document(0, { type: 'profile' })), message(4)],
    [message(5, { receiver: GROUP }), message(5, { receiver: GROUP, group: GROUP })],
    [message(6, { receiver: READER }), message(6, { receiver: READER, group: GROUP })],
    [{ documents: [document(0, { did: `${SENDER}/tablet` }), document(1, { did: `${SENDER}/phone` })] }],
    [{ documents: [document(3, { did: `${SENDER}/desktop` }), document(3, { did: SENDER }), document(6)] }],
    [{ documents: [document(2), document(1, { type: 'visa' }), document(0, { type: 'bulletin' })] }],
    // More names than an ID has room for documents.
    [{ documents: Array.from({ length: 40 }, (_, index) => document(1, { type: `x${index}` })) }],
    [{ did: GROUP, documents: [document(7), document(1, { did: GROUP, type: 'bulletin' })] }],
    [{ documents: [document(7, { did: SENDER, type: 'visa' }), document(5), document(4, { ID: SENDER })] }],
  ];
  return steps.map((step) => [...step]);
}
