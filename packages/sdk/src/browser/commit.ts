/** A commit: all of its changes and rows, in one transaction. */
import { DimError, type Change } from 'dimp';
import type { KeptForms } from '../store/kept-forms.ts';
import { ringText } from '../store/sealed-ring.ts';
import type { StoreLimits } from '../store/store-limits.ts';
import { CommitTables } from './commit-tables.ts';
import { IdentityChanges } from './identities.ts';
import { MarkChanges } from './mark-changes.ts';
import { MessageKeyChanges } from './message-keys.ts';
import { MARK_TABLES } from './read-marks.ts';
import { checkConditions, writeRows, type RowPlan } from './rows.ts';
import type { TableName } from './schema.ts';
import type { Writer } from './transaction.ts';

const IDENTITY_TABLES: readonly TableName[] = ['identities', 'contacts', 'counters'];
const KEY_TABLES: readonly TableName[] = ['messageKeys', 'contacts', 'counters'];

/** What each change touches: others wait only for commits that write what they read. */
const TABLES: Readonly<Record<Change['do'], readonly TableName[]>> = {
  'pin-meta': IDENTITY_TABLES,
  'keep-document': IDENTITY_TABLES,
  'drop-document': IDENTITY_TABLES,
  'keep-message-key': KEY_TABLES,
  'drop-message-key': KEY_TABLES,
  'mark-read': [...MARK_TABLES, ...IDENTITY_TABLES],
  'keep-keys': ['keyrings'],
  'set-members': ['members'],
  'add-contact': [...MARK_TABLES, ...IDENTITY_TABLES, ...KEY_TABLES],
  forget: [...IDENTITY_TABLES, ...KEY_TABLES],
};

/** The tables that a commit touches. @throws DimError `USAGE_ARGUMENT` for what is no change */
export function tablesOf(changes: readonly Change[], hasRows: boolean): readonly TableName[] {
  const tables = new Set<TableName>(hasRows ? ['rows'] : []);
  for (const [index, change] of changes.entries()) {
    if (!Object.hasOwn(TABLES, change.do))
      throw new DimError('USAGE_ARGUMENT', 'is no change that this store knows', { path: `changes[${index}].do` });
    for (const table of TABLES[change.do]) tables.add(table);
  }
  return [...tables];
}

/** What a commit is made of, beside its changes. */
export interface CommitParts {
  readonly rows: RowPlan | undefined;
  readonly forms: KeptForms;
  readonly limits: StoreLimits;
  /** In seconds since 1970. */
  readonly now: number;
}

/** Writes changes and rows. @throws DimError `INPUT_REPLAY`, `STORE_CONFLICT`, before anything is written */
export async function writeChanges(writer: Writer, changes: readonly Change[], parts: CommitParts): Promise<void> {
  const { rows, forms, limits, now } = parts;
  const tables = new CommitTables(writer);
  const identities = new IdentityChanges(tables, forms, limits);
  const messageKeys = new MessageKeyChanges(tables, forms, limits.messageKeys);
  const marks = new MarkChanges(tables, limits, now);
  for (const change of changes) expectRecords(change, { identities, messageKeys, marks });
  const made = changes.flatMap((change) => (change.do === 'mark-read' ? [change.mark] : []));
  await Promise.all([
    made.length > 0 && marks.requireNew(made),
    rows !== undefined && checkConditions(writer.reading, rows),
  ]);
  for (const change of changes)
    switch (change.do) {
      case 'pin-meta':
        await identities.pin(change.id, change.meta, change.isProven);
        break;
      case 'keep-document':
        await identities.keep(change.document);
        break;
      case 'drop-document':
        await identities.drop(change.document);
        break;
      case 'keep-message-key':
        await messageKeys.keep(change.direction, change.use, change.entry);
        break;
      case 'drop-message-key':
        await messageKeys.drop(change.direction, change.use, change.digest);
        break;
      case 'mark-read':
        await marks.add(change.mark);
        identities.hear(change.mark.sender);
        break;
      case 'keep-keys': {
        const store = writer.transaction.objectStore('keyrings');
        const record = { id: change.id.entity.toString(), text: ringText(change.keys) };
        writer.queue(store.put(record, change.id.entityKey));
        break;
      }
      case 'set-members': {
        const store = writer.transaction.objectStore('members');
        writer.queue(store.put(forms.membersText(change.members), change.group.entityKey));
        break;
      }
      case 'add-contact':
        await marks.know(change.id.entityKey);
        await identities.add(change.id.entityKey);
        await messageKeys.add(change.id);
        break;
      case 'forget':
        await identities.forget(change.id);
        await messageKeys.forget(change.id);
        break;
    }
  await identities.write();
  await messageKeys.write();
  await marks.write();
  if (rows !== undefined) await writeRows(writer, rows);
}

interface ChangedParts {
  readonly identities: IdentityChanges;
  readonly messageKeys: MessageKeyChanges;
  readonly marks: MarkChanges;
}

/** Asks for what a change will need. */
function expectRecords(change: Change, { identities, messageKeys, marks }: ChangedParts): void {
  switch (change.do) {
    case 'pin-meta':
    case 'forget':
      return identities.expect(change.id);
    case 'keep-document':
    case 'drop-document':
      return identities.expect(change.document.did);
    case 'keep-message-key':
    case 'drop-message-key':
      return messageKeys.expect(change.direction, change.use);
    case 'mark-read':
      marks.expect(change.mark);
      return identities.expect(change.mark.sender);
    case 'add-contact':
      marks.expectKnown(change.id.entityKey);
      return identities.expect(change.id);
    case 'keep-keys':
    case 'set-members':
      return undefined;
  }
}
