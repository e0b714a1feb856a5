/** Reads the packages that the Python implementation wrote: see `vectors/README.md`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { encodeUtf8, keyDirection, MemoryStore, type JsonMap } from 'dimp';
import { dim } from '../dim.ts';
import type { Report } from '../report.ts';

const VECTORS = new URL('../../../../vectors/messages.json', import.meta.url);

interface Vectors {
  readonly world: {
    readonly [id: string]: { meta: JsonMap; documents: JsonMap[]; private?: JsonMap[]; members?: string[] };
  };
  readonly cases: readonly {
    name: string;
    content: JsonMap;
    package: string;
    readers: string[];
    reused_key?: JsonMap;
  }[];
}

export async function readForeignPackages(report: Report): Promise<void> {
  report.step('Packages that the Python implementation wrote');
  const { world, cases } = JSON.parse(readFileSync(VECTORS, 'utf8')) as Vectors;
  const store = await storeOf(world);
  for (const { name, content, package: text, readers, reused_key } of cases) {
    const bytes = encodeUtf8(text);
    if (reused_key !== undefined) {
      store.saveMessageKey(keyDirection(dim.Envelope.decode(bytes)), dim.SymmetricKey.parse(reused_key));
    }
    for (const reader of readers) {
      const received = await dim.messenger({ user: dim.ID.parse(reader), store }).unpack(bytes);
      assert.deepEqual(received.content.toMap(), content, `${name} reads differently`);
    }
    report.check(readers.length === 1 ? '1 reader' : `${readers.length} readers`, name);
  }
}

async function storeOf(world: Vectors['world']): Promise<MemoryStore> {
  // This machine's clock may be behind the writer's.
  const store = new MemoryStore({ maxSkew: Infinity });
  for (const [text, entity] of Object.entries(world)) {
    const id = dim.ID.parse(text);
    await store.saveMeta(id, dim.Meta.parse(entity.meta));
    for (const document of entity.documents) await store.saveDocument(dim.Document.parse(document));
    store.setPrivateKeys(
      id,
      (entity.private ?? []).map((key) => dim.PrivateKey.parse(key)),
    );
  }
  return store;
}
