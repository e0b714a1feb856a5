/** `messages.json`: packages that another implementation wrote, for each of their readers; and forged ones. */
import assert from 'node:assert/strict';
import {
  canDecrypt,
  defineMeta,
  definePlugin,
  keyDirection,
  learnIdentity,
  MemoryStore,
  stringifyJson,
  type Document,
  type ID,
  type JsonMap,
  type KeyRing,
  type Meta,
} from 'dimp';
import { encodeUtf8, keyDigest } from 'dimp/extend';
import { equalBytes } from 'dimp/internal';
import { dim } from '../dim.ts';
import { refuses, type Check, type Note, type Suite } from '../suite.ts';

interface Entity {
  readonly meta: object;
  readonly documents: readonly object[];
  readonly private?: readonly object[];
  readonly members?: readonly string[];
}

interface Case {
  readonly name: string;
  readonly content: JsonMap;
  readonly message: JsonMap;
  readonly package: string;
  readonly readers: readonly string[];
  readonly reused_key?: object;
}

interface Forged {
  readonly name: string;
  readonly message: JsonMap;
  readonly receiver: string;
}

interface MessagesFile {
  readonly world: { readonly [id: string]: Entity };
  readonly cases: readonly Case[];
  readonly forged?: readonly Forged[];
}

export const messages: Suite = async (file, _load, note) => {
  const { world, cases, forged = [] } = file as MessagesFile;
  // Reading the world is a check of its own: a document that does not verify fails the file.
  await storeOf(world, note);
  const checks: Check[] = [];
  for (const vector of cases) {
    for (const reader of vector.readers) {
      const forms = { package: encodeUtf8(vector.package), message: encodeUtf8(stringifyJson(vector.message)) };
      for (const [form, bytes] of Object.entries(forms)) {
        checks.push({
          name: `${vector.name}, ${form} for ${reader}`,
          run: () => checkRead(world, vector, reader, bytes),
        });
      }
    }
  }
  for (const vector of forged) checks.push({ name: `forged: ${vector.name}`, run: () => checkForged(world, vector) });
  return checks;
};

/** A store that knows the world. Metas and documents are verified, as an application would on the way in. */
async function storeOf(world: MessagesFile['world'], note?: Note): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const [text, entity] of Object.entries(world)) {
    const id = dim.ID.parse(text);
    const meta = await metaOf(entity, id, note);
    const documents = entity.documents.map((document) => dim.Document.parse(document));
    // The writer's clock may be ahead of this machine's.
    const learned = await learnIdentity(dim, store, { id, meta, documents }, { clock: () => clockOf(documents) });
    for (const outcome of learned.value.documents) assert.equal(outcome, 'kept', `a document of ${text}`);
    store.commit([...learned.changes, { do: 'keep-keys', id, keys: keysOf(entity, meta) }]);
    const { members } = entity;
    if (members !== undefined)
      await dim.setMembers(
        store,
        id,
        members.map((member) => dim.ID.parse(member)),
      );
  }
  return store;
}

async function metaOf(entity: Entity, id: ID, note: Note | undefined): Promise<Meta> {
  const meta = dim.Meta.parse(entity.meta);
  assert.ok(await meta.verify(), `the meta of ${id.toString()} does not verify`);
  if (meta.matches(id)) return meta;
  // A writer whose signatures are random may have signed the seed again: its key is still the one of this ID.
  note?.(`the meta of ${id.toString()} verifies, but gives another ID; it is taken as given`);
  const { type, typeName: name } = meta;
  const definition = defineMeta({ type, name, seed: 'required', address: () => id.address });
  return dim.extend(definePlugin('as given', [definition], { replace: true })).Meta.parse(entity.meta);
}

function clockOf(documents: readonly Document[]): number {
  return Math.max(0, ...documents.map(({ time = 0 }) => time));
}

/** The key of the meta signs; every other one decrypts what was encrypted to a visa. */
function keysOf(entity: Entity, { publicKey }: Meta): KeyRing {
  const keys = (entity.private ?? []).map((key) => dim.PrivateKey.parse(key));
  const identity = keys.find((key) => equalBytes(key.publicKey.data, publicKey.data));
  return { identity, decrypt: keys.filter((key) => canDecrypt(key)).map((key) => ({ key })) };
}

async function checkRead(world: MessagesFile['world'], vector: Case, reader: string, bytes: Uint8Array): Promise<void> {
  const store = await storeOf(world);
  // It was read in the minute in which it was written; the envelopes have times of their own.
  const { time } = dim.Content.parse(vector.content);
  const now = time ?? assert.fail('a content without a time');
  if (vector.reused_key !== undefined) {
    const direction = keyDirection(dim.Envelope.decode(bytes));
    const key = dim.SymmetricKey.parse(vector.reused_key);
    const entry = { key, digest: keyDigest(dim, key), time: now };
    store.commit([{ do: 'keep-message-key', direction, use: 'receive', entry }]);
  }
  const messenger = dim.messenger({ self: dim.ID.parse(reader), store, clock: () => now });
  const { content } = await messenger.unpack(bytes);
  assert.deepEqual(content.toMap(), vector.content);
  const { code } = await refuses(() => messenger.unpack(bytes), 'a message that was read');
  assert.equal(code, 'INPUT_REPLAY');
}

async function checkForged(world: MessagesFile['world'], { message, receiver }: Forged): Promise<void> {
  // Whatever its time: that must not be why it is refused.
  const messenger = dim.messenger({ self: dim.ID.parse(receiver), store: await storeOf(world), replay: false });
  await refuses(() => messenger.unpack(encodeUtf8(stringifyJson(message))), 'a forged message');
}
