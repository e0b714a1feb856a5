/** Checks what a handler wants before any of it is staged: what no store would keep must not hold up what is. */
import { DimError, type ID, type Missing } from 'dimp';
import { requireArgument, typeName, within } from 'dimp/extend';
import { checkId } from 'dimp/internal';
import type { RowChange } from '../ports/client-store.ts';
import type { Outgoing, Reaction } from '../ports/handler.ts';
import { checkRowChanges, rowOf } from '../store/row-checks.ts';
import { requireList } from '../usage/check-usage.ts';
import { checkChange } from './check-change.ts';

/** How to check a reaction. */
export interface ReactionRules {
  /** To whom replies go. */
  readonly sender: ID;
  /** Whether the handler is the client's own: others write into tables of their own alone. */
  readonly isOwn: boolean;
  /** Throws for what cannot be sent. */
  readonly checkOutgoing: (outgoing: Outgoing) => void;
}

/** The names of what a handler may want. */
const PARTS: ReadonlySet<string> = new Set(['replies', 'sends', 'changes', 'rows', 'wants', 'learned']);

/**
 * A copy of a reaction, so that it is what was checked: what it gives the second time may be something else.
 * @throws DimError `USAGE_ARGUMENT` with the path of what is wrong
 */
export function checkReaction(reaction: Reaction, { sender, isOwn, checkOutgoing }: ReactionRules): Reaction {
  if (typeof reaction !== 'object') throw wrong(`must be a reaction or nothing, not ${typeName(reaction)}`, '');
  const strange = Array.isArray(reaction) ? '0' : Object.keys(reaction).find((name) => !PARTS.has(name));
  if (strange !== undefined) throw wrong(`is none of ${[...PARTS].join(', ')}`, strange);
  const { replies, sends, changes, rows, wants, learned } = reaction;
  return {
    replies: copyOf(replies, 'replies', (content, path) => {
      within(path, () => checkOutgoing({ content, receiver: sender }));
      return content;
    }),
    sends: copyOf(sends, 'sends', (given, path) => {
      const { content, receiver } = requireArgument<Outgoing>(given, path);
      within(path, () => checkOutgoing({ content, receiver }));
      return { content, receiver };
    }),
    changes: copyOf(changes, 'changes', checkChange),
    rows: rows === undefined ? undefined : copyOfRows(rows, isOwn ? 'the client' : 'an application'),
    wants: copyOf(wants, 'wants', (missing, path) => {
      const copy = { ...requireArgument<Missing>(missing, path) };
      checkId(copy.id, `${path}.id`);
      return copy;
    }),
    learned: copyOf(learned, 'learned', (id, path) => {
      checkId(id, path);
      return id;
    }),
  };
}

/**
 * A copy of rows that somebody wants to be kept.
 * @throws DimError `USAGE_ARGUMENT` with the path of what is wrong, also for an application that would write into tables of the client
 */
export function copyOfRows(rows: readonly RowChange[], by: 'the client' | 'an application'): readonly RowChange[] {
  // A place of a list where nothing is would be left out.
  const checked = checkRowChanges(Array.isArray(rows) ? Array.from(rows) : rows);
  return checked.map((change, index) => {
    const copy: RowChange =
      change.do === 'put-row' ? { do: 'put-row', row: rowOf(change.record), where: change.where } : change;
    if (by === 'an application') checkTable(copy, `rows[${index}]`);
    return copy;
  });
}

function checkTable(change: RowChange, path: string): void {
  const table = change.do === 'put-row' ? change.row.table : change.table;
  if (!table.startsWith('app-'))
    throw wrong('must begin with app-: other tables are those of the client', `${path}.table`);
}

function copyOf<T>(
  list: readonly T[] | undefined,
  path: string,
  check: (item: T, path: string) => T,
): readonly T[] | undefined {
  if (list === undefined) return undefined;
  requireList(list, path);
  return Array.from(list, (item, index) => check(item, `${path}[${index}]`));
}

function wrong(reason: string, path: string): DimError {
  return new DimError('USAGE_ARGUMENT', reason, { path });
}
