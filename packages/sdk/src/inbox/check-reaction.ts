/** Checks what a handler wants before any of it is staged: what no store would keep must not hold up what is. */
import { DimError, type Change, type ID, type Missing } from 'dimp';
import { requireArgument, typeName, within } from 'dimp/extend';
import { checkId } from 'dimp/internal';
import type { RowChange } from '../ports/client-store.ts';
import type { Outgoing, Reaction } from '../ports/handler.ts';
import { checkRowChanges } from '../store/row-checks.ts';

/** Which changes a handler may want. That something was read says the inbox alone. */
const CHANGES: Readonly<Record<Change['do'], boolean>> = {
  'pin-meta': true,
  'keep-document': true,
  'drop-document': true,
  'keep-message-key': true,
  'drop-message-key': true,
  'mark-read': false,
  'keep-keys': true,
  'set-members': true,
  'add-contact': true,
  forget: true,
};

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
 * Checks a reaction.
 * @throws DimError `USAGE_ARGUMENT` with the path of what is wrong
 */
export function checkReaction(reaction: Reaction, { sender, isOwn, checkOutgoing }: ReactionRules): Reaction {
  if (typeof reaction !== 'object') throw wrong(`must be a reaction or nothing, not ${typeName(reaction)}`, '');
  const strange = Array.isArray(reaction) ? '0' : Object.keys(reaction).find((name) => !PARTS.has(name));
  if (strange !== undefined) throw wrong(`is none of ${[...PARTS].join(', ')}`, strange);
  const { replies, sends, changes, rows, wants, learned } = reaction;
  for (const [path, content] of each(replies, 'replies'))
    within(path, () => checkOutgoing({ content, receiver: sender }));
  for (const [path, outgoing] of each(sends, 'sends'))
    within(path, () => checkOutgoing(requireArgument<Outgoing>(outgoing, '')));
  for (const [path, change] of each(changes, 'changes')) checkChange(change, path);
  if (rows !== undefined) checkRowChanges(rows);
  if (!isOwn) for (const [path, change] of each(rows, 'rows')) checkTable(change, path);
  for (const [path, missing] of each(wants, 'wants')) checkId(requireArgument<Missing>(missing, path).id, `${path}.id`);
  for (const [path, id] of each(learned, 'learned')) checkId(id, path);
  return reaction;
}

function checkChange(change: Change, path: string): void {
  const what: unknown = requireArgument<Change>(change, path).do;
  // An own property of the map: no text of anybody else's is one.
  if (typeof what === 'string' && Object.hasOwn(CHANGES, what) && CHANGES[what as Change['do']]) return;
  throw wrong('is no change that a handler may want', `${path}.do`);
}

function checkTable(change: RowChange, path: string): void {
  const table = change.do === 'put-row' ? change.row.table : change.table;
  if (!table.startsWith('app-'))
    throw wrong('must begin with app-: other tables are those of the client', `${path}.table`);
}

function* each<T>(list: readonly T[] | undefined, path: string): Generator<readonly [string, T]> {
  if (list === undefined) return;
  if (!Array.isArray(list)) throw wrong(`must be a list, not ${typeName(list)}`, path);
  for (const [index, item] of list.entries()) yield [`${path}[${index}]`, item];
}

function wrong(reason: string, path: string): DimError {
  return new DimError('USAGE_ARGUMENT', reason, { path });
}
