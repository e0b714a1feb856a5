import { DocumentsCommand, MetaCommand, type Content, type Messenger, type Missing } from 'dimp';

/** What to ask a station; undefined where it cannot help. */
export function questionFor({ what, id }: Missing): Content | undefined {
  if (what === 'meta') return MetaCommand.query(id);
  return what === 'visa' ? DocumentsCommand.query(id) : undefined;
}

/** Keeps what came back; afterwards, `inbox.tryAgain()`. */
export async function learnFrom(messenger: Messenger, answer: MetaCommand | DocumentsCommand): Promise<void> {
  const documents = answer instanceof DocumentsCommand ? answer.documents : undefined;
  await messenger.learn({ id: answer.did, meta: answer.meta, documents });
}
