/** All that a client does with contents about groups. */
import type { HandlerDefinition } from '../ports/handler.ts';
import { commandHandlers } from './command-handlers.ts';
import { documentHandler } from './document-handler.ts';
import type { GroupBook } from './group-book.ts';
import { groupContext, type GroupOptions } from './group-context.ts';
import { keysHandler } from './keys-handler.ts';
import { queryHandlers } from './query-handlers.ts';

/**
 * Handlers of the commands about groups, of questions for their history, of their message keys, and of `documents` as far
 * as these are a group's: with those of users the last one does nothing, so that another one may.
 *
 * @throws DimError `USAGE_ARGUMENT`
 */
export function groupHandlers(
  options: GroupOptions & {
    /** Of the same store and user. */
    readonly book: GroupBook;
  },
): readonly HandlerDefinition[] {
  const context = groupContext(options);
  const { book } = options;
  return Object.freeze([
    ...commandHandlers(context, book),
    ...queryHandlers(context, book),
    documentHandler(context, book),
    keysHandler(context, book),
  ]);
}
