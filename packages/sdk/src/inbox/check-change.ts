/** Checks a change that a handler wants, as the stores need it: of one that none of them could keep, each commit would fail. */
import { DimError, VerifiedDocument, VerifiedMeta, type Change, type ID, type KeyDirection } from 'dimp';
import { checkArguments, copyJsonMap, requireArgument, typeName, within } from 'dimp/extend';
import { checkId, hasBrand } from 'dimp/internal';
import { ringMap } from '../store/sealed-ring.ts';
import { requireList } from '../usage/check-usage.ts';

/**
 * A copy of a change, so that each field is what was checked.
 * @throws DimError `USAGE_ARGUMENT` with the path of what is wrong
 */
export function checkChange(given: Change, path: string): Change {
  const change = { ...requireArgument(given, path) };
  switch (change.do) {
    case 'pin-meta': {
      const { id, meta, isProven } = change;
      checkId(id, `${path}.id`);
      if (!VerifiedMeta.is(meta) && !hasBrand(meta, 'mkm.VerifiedMeta'))
        throw wrong('must be a meta that verifyMeta gave', `${path}.meta`);
      if (!meta.id.equals(id)) throw wrong('is the meta of another', `${path}.meta`);
      requireType('boolean', isProven, `${path}.isProven`);
      return change;
    }
    case 'keep-document':
    case 'drop-document':
      if (!VerifiedDocument.is(change.document) && !hasBrand(change.document, 'mkm.VerifiedDocument'))
        throw wrong('must be a document that verifyDocument gave', `${path}.document`);
      return change;
    case 'keep-message-key':
      return { ...change, ...checkDirection(change, path), entry: checkEntry(change.entry, `${path}.entry`) };
    case 'drop-message-key':
      requireType('string', change.digest, `${path}.digest`);
      return { ...change, ...checkDirection(change, path) };
    case 'keep-keys':
      checkId(change.id, `${path}.id`);
      within(path, () => ringMap(change.keys));
      return change;
    case 'set-members':
      return { ...change, members: checkMembers(change.group, change.members, path) };
    case 'add-contact':
    case 'forget':
      checkId(change.id, `${path}.id`);
      return change;
    // That something was read says the inbox alone.
    case 'mark-read':
    default:
      throw wrong('is no change that a handler may want', `${path}.do`);
  }
}

function checkDirection(
  { direction, use }: Extract<Change, { readonly do: 'keep-message-key' | 'drop-message-key' }>,
  path: string,
): { readonly direction: KeyDirection } {
  const { sender, destination } = requireArgument(direction, `${path}.direction`);
  checkId(sender, `${path}.direction.sender`);
  checkId(destination, `${path}.direction.destination`);
  if (use !== 'send' && use !== 'receive') throw wrong("must be 'send' or 'receive'", `${path}.use`);
  return { direction: { ...direction, sender, destination } };
}

type Entry = Extract<Change, { readonly do: 'keep-message-key' }>['entry'];

function checkEntry(given: Entry, path: string): Entry {
  const entry = { ...requireArgument(given, path) };
  requireType('object', entry.key, `${path}.key`);
  checkArguments(() => within(`${path}.key`, () => copyJsonMap(entry.key)));
  requireType('string', entry.digest, `${path}.digest`);
  if (!Number.isFinite(entry.time)) throw wrong('must be a finite number', `${path}.time`);
  for (const name of ['isNamed', 'isHandedOver'] as const) allowType('boolean', entry[name], `${path}.${name}`);
  for (const name of ['terminal', 'recipients'] as const) allowType('string', entry[name], `${path}.${name}`);
  return entry;
}

function checkMembers(group: ID, given: readonly ID[], path: string): readonly ID[] {
  checkId(group, `${path}.group`);
  if (!group.isGroup) throw wrong('must be a group', `${path}.group`);
  requireList(given, `${path}.members`);
  const members: readonly ID[] = Array.from(given);
  for (const [index, member] of members.entries()) checkId(member, `${path}.members[${index}]`);
  return members;
}

function allowType(type: 'boolean' | 'string', value: unknown, path: string): void {
  if (value !== undefined && value !== null) requireType(type, value, path);
}

function requireType(type: 'boolean' | 'string' | 'object', value: unknown, path: string): void {
  if (typeof value !== type || value === null) throw wrong(`must be of type ${type}, not ${typeName(value)}`, path);
}

function wrong(reason: string, path: string): DimError {
  return new DimError('USAGE_ARGUMENT', reason, { path });
}
