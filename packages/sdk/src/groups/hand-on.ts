/** Handing on what happened in a group: messages that anybody can verify, in one forward, encrypted to whom it is for. */
import { ANYONE, DocumentsCommand, ForwardContent, type Content, type ID, type ReliableMessage } from 'dimp';
import type { GroupHistory } from './group-book.ts';
import type { GroupContext } from './group-context.ts';

/**
 * Signs a content for everybody to verify and to hand on.
 * @param exposeGroup whether the envelope names the group too, as deployed clients do for `invite` and `quit`
 * @throws DimError `MISSING_PRIVATE_KEY`
 */
export async function signForAll(
  { dim, store, self, clock }: GroupContext,
  content: Content,
  exposeGroup: boolean,
): Promise<ReliableMessage> {
  const messenger = dim.messenger({ self, store, clock: () => clock.now() });
  // What is for everybody is not encrypted, so that there is nothing to keep.
  return (await messenger.packMessage(content, ANYONE, { exposeGroup })).message;
}

/**
 * All that somebody needs who knows nothing of a group: its bulletin, the last `reset`, and what happened since.
 * @throws DimError `MISSING_PRIVATE_KEY`
 */
export async function historyForward(context: GroupContext, history: GroupHistory): Promise<ForwardContent> {
  const { state, meta, bulletin, earlier, messages } = history;
  const documents = DocumentsCommand.answer(state.group, [bulletin.document], { meta: meta.meta });
  const all = [await signForAll(context, documents, false), ...messages];
  // Who was an administrator then. Last, since other clients need none of it.
  if (earlier.length > 0 && messages.length > 0) {
    const older = earlier.map(({ document }) => document);
    all.push(await signForAll(context, DocumentsCommand.answer(state.group, older, { meta: meta.meta }), false));
  }
  return ForwardContent.create(all);
}

/** Everybody in a list but one. */
export function othersThan(self: ID, users: readonly ID[]): readonly ID[] {
  return users.filter((user) => !user.equals(self));
}
