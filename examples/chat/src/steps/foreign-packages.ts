/** Reads the packages that the Python implementation wrote: see `vectors/README.md`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { learnIdentity, MemoryStore, type JsonMap, type KeyRing } from 'dimp';
import { encodeUtf8 } from 'dimp/extend';
import { dim } from '../dim.ts';
import type { Report } from '../report.ts';

const VECTORS = new URL('../../../../vectors/messages.json', import.meta.url);

interface Vectors {
  readonly world: { readonly [id: string]: Entity };
  readonly cases: readonly { name: string; content: JsonMap; package: string; readers: string[] }[];
}

interface Entity {
  readonly meta: JsonMap;
  readonly documents: readonly JsonMap[];
  readonly private?: readonly JsonMap[];
}

/** All of it was written before this time: that of this machine may be another. */
const clock = () => Date.parse('2026-12-01T00:00:00Z') / 1000;

export async function readForeignPackages(report: Report): Promise<void> {
  report.step('Packages that the Python implementation wrote');
  const { world, cases } = JSON.parse(readFileSync(VECTORS, 'utf8')) as Vectors;
  const store = await storeOf(world);
  for (const { name, content, package: text, readers } of cases) {
    for (const reader of readers) {
      // Some are one message in two forms, and here both shall be read.
      const messenger = dim.messenger({ self: dim.ID.parse(reader), store, clock, replay: false });
      const received = await messenger.unpack(encodeUtf8(text));
      assert.deepEqual(received.content.toMap(), content, `${name} reads differently`);
    }
    report.check(readers.length === 1 ? '1 reader' : `${readers.length} readers`, name);
  }
}

/** The Python implementation's people, in one store. */
async function storeOf(world: Vectors['world']): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const [text, { meta, documents, private: keys = [] }] of Object.entries(world)) {
    const id = dim.ID.parse(text);
    const offer = { id, meta: dim.Meta.parse(meta), documents: documents.map((map) => dim.Document.parse(map)) };
    const { value, changes } = await learnIdentity(dim, store, offer, { clock });
    assert.ok(
      value.documents.every((outcome) => outcome === 'kept'),
      `a document of ${text} is not believed`,
    );
    store.commit([...changes, { do: 'keep-keys', id, keys: keyRing(keys) }]);
  }
  return store;
}

/** The first key is the meta's and signs; those that decrypt are for any terminal. */
function keyRing(maps: readonly JsonMap[]): KeyRing {
  const decrypt = maps.map((map) => dim.DecryptKey.tryParse(map)).filter((key) => key !== undefined);
  return { identity: maps[0], decrypt: decrypt.map((key) => ({ key })) };
}
