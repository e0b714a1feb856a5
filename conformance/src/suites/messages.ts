/** `messages.json`: packages that another implementation wrote, for each of their readers; and forged ones. */
import assert from 'node:assert/strict';
import { encodeUtf8, keyDirection, MemoryStore, stringifyJson, type ID, type JsonMap, type Meta } from 'dimp';
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

/** A memory that also takes metas as they are given. */
class WorldStore extends MemoryStore {
  readonly #given = new Map<string, Meta>();

  takeMeta(id: ID, meta: Meta): void {
    this.#given.set(id.entityKey, meta);
  }

  override meta(id: ID): Meta | undefined {
    return this.#given.get(id.entityKey) ?? super.meta(id);
  }
}

/** A store that knows the world. Metas and documents are verified, as an application would on the way in. */
async function storeOf(world: MessagesFile['world'], note?: Note): Promise<MemoryStore> {
  // This machine's clock may be behind the writer's.
  const store = new WorldStore({ maxSkew: Infinity });
  for (const [text, entity] of Object.entries(world)) {
    const id = dim.ID.parse(text);
    const meta = dim.Meta.parse(entity.meta);
    assert.ok(await meta.verify(), `the meta of ${text} does not verify`);
    if (meta.matches(id)) {
      await store.saveMeta(id, meta);
    } else {
      // A writer whose signatures are random may have signed the seed again: its key is still the one of this ID.
      note?.(`the meta of ${text} verifies, but gives another ID; it is taken as given`);
      store.takeMeta(id, meta);
    }
    for (const document of entity.documents) await store.saveDocument(dim.Document.parse(document));
    store.setPrivateKeys(
      id,
      (entity.private ?? []).map((key) => dim.PrivateKey.parse(key)),
    );
    if (entity.members !== undefined)
      store.setMembers(
        id,
        entity.members.map((member) => dim.ID.parse(member)),
      );
  }
  return store;
}

async function checkRead(world: MessagesFile['world'], vector: Case, reader: string, bytes: Uint8Array): Promise<void> {
  const store = await storeOf(world);
  if (vector.reused_key !== undefined) {
    const direction = keyDirection(dim.Envelope.decode(bytes));
    store.saveMessageKey(direction, dim.SymmetricKey.parse(vector.reused_key));
  }
  const messenger = dim.messenger({ user: dim.ID.parse(reader), store });
  const { content } = await messenger.unpack(bytes);
  assert.deepEqual(content.toMap(), vector.content);
}

async function checkForged(world: MessagesFile['world'], { message, receiver }: Forged): Promise<void> {
  const messenger = dim.messenger({ user: dim.ID.parse(receiver), store: await storeOf(world) });
  await refuses(() => messenger.unpack(encodeUtf8(stringifyJson(message))), 'a forged message');
}
