/** `contents.json`: contents and commands as maps; and what a store makes of the metas and documents in them. */
import { DimError, DocumentsCommand, learnIdentity, MetaCommand, type Content } from 'dimp';
import { dim } from '../dim.ts';
import { NOW, strangersStore } from '../people.ts';
import type { Suite } from '../suite.ts';

export const contents: Suite = ({ input }) => {
  let content: Content;
  return [
    { name: 'parse', run: () => (content = dim.Content.parse(input)) },
    { name: 'match', run: () => keepIdentity(content) },
  ];
};

/** What an application does with an answer. It refuses by an error, or where something of it is not kept. */
async function keepIdentity(content: Content): Promise<boolean> {
  if (!(content instanceof MetaCommand || content instanceof DocumentsCommand)) return true;
  const { did: id, meta } = content;
  const documents = content instanceof DocumentsCommand ? (content.documents ?? []) : [];
  // A question.
  if (meta === undefined && documents.length === 0) return true;
  const { value } = await learnIdentity(dim, strangersStore(), { id, meta, documents }, { clock: () => NOW });
  const refusal = value.documents.find((outcome) => outcome instanceof DimError);
  if (refusal !== undefined) throw refusal;
  return value.documents.every((outcome) => outcome === 'kept');
}
