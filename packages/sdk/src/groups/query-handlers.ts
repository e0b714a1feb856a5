/** Questions about the history of a group: answered to its members, and to the bots that its bulletin names. */
import type { GroupHistoryContent, GroupQueryCommand, ID } from 'dimp';
import type { HandlerDefinition, Reaction, Received } from '../ports/handler.ts';
import type { GroupBook } from './group-book.ts';
import type { GroupContext } from './group-context.ts';
import { receiptFor, receiptTexts } from './group-receipts.ts';
import { roleOf } from './group-state.ts';
import { historyForward } from './hand-on.ts';
import { permissionOf } from './permissions.ts';

/** Handles `query` of either type, and the content that takes its place. */
export function queryHandlers(context: GroupContext, book: GroupBook): readonly HandlerDefinition[] {
  const ask = (kind: 'group-query' | 'group-history'): HandlerDefinition<GroupQueryCommand | GroupHistoryContent> => ({
    defines: 'handler',
    kind,
    isExclusive: false,
    handle: async (received) => {
      const { group, lastTime } = received.content;
      return answerQuery(context, book, received, { group, lastTime });
    },
  });
  return [ask('group-query'), ask('group-history')];
}

/**
 * The answer to a question about the history.
 * @param query.lastTime of the last command that the asker has, in seconds since 1970
 * @throws DimError `MISSING_PRIVATE_KEY`
 */
export async function answerQuery(
  context: GroupContext,
  book: GroupBook,
  received: Received,
  { group, lastTime }: { readonly group: ID; readonly lastTime: number | undefined },
): Promise<Reaction> {
  const { dim, self } = context;
  const history = await book.history(group);
  if (history === undefined) return { replies: receiptFor(dim, self, received, receiptTexts.empty(group)) };
  const permission = permissionOf('query', roleOf(history.state, received.sender));
  if (typeof permission === 'object')
    return { replies: receiptFor(dim, self, received, receiptTexts.denied(group, permission)) };
  const { historyTime } = history.state;
  if (lastTime !== undefined && historyTime !== undefined && historyTime <= lastTime)
    return { replies: receiptFor(dim, self, received, receiptTexts.notUpdated(group, historyTime)) };
  return { replies: [await historyForward(context, history)] };
}
