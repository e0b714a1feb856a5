/** `contents.json`: contents and commands as maps; and what a store makes of the metas and documents in them. */
import { DocumentsCommand, MetaCommand, type Content, type ID, type Meta, type Document } from 'dimp';
import { dim } from '../dim.ts';
import { strangersStore } from '../people.ts';
import type { Suite } from '../suite.ts';

export const contents: Suite = ({ input }) => {
  let content: Content;
  return [
    { name: 'parse', run: () => (content = dim.Content.parse(input)) },
    { name: 'match', run: () => keepIdentity(content) },
  ];
};

/** What an application does with an answer: it keeps the meta first, then the documents. */
async function keepIdentity(content: Content): Promise<void> {
  if (!(content instanceof MetaCommand || content instanceof DocumentsCommand)) return;
  const { did, meta } = content;
  const documents = content instanceof DocumentsCommand ? (content.documents ?? []) : [];
  await keep(did, meta, documents);
}

async function keep(did: ID, meta: Meta | undefined, documents: readonly Document[]): Promise<void> {
  const store = strangersStore();
  if (meta !== undefined) await store.saveMeta(did, meta);
  for (const document of documents) await store.saveDocument(document);
}
