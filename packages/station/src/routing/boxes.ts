/** Where a message for a user is kept: a box for each terminal that it is for. */
import { DimError, type Dim, type ID, type ReliableMessage } from 'dimp';
import type { Box } from '../ports/mailbox.ts';

/** More terminals than any user has. */
const MAX_TERMINALS = 64;
/**
 * Boxes for terminals that no visa known here names: of a device whose visa only the sender has. Whoever names more of them names
 * what is not there.
 */
const MAX_UNKNOWN = 2;

/**
 * The boxes of a message: one for each terminal that it has a key for, and for each terminal of the receiver's visas, which may
 * have a key for all. Nobody looks into a box without a terminal where all visas have one.
 *
 * @param terminals those of the visas that are known; the empty one for a visa without
 * @throws DimError `INPUT_LIMIT`
 */
export function boxesOf(
  dim: Dim,
  message: ReliableMessage,
  receiver: ID,
  terminals: readonly string[],
): readonly Box[] {
  const user = receiver.entityKey;
  const names = new Set(terminals);
  for (const terminal of terminalsWithKeys(dim, message, receiver)) {
    const hasPlace = terminal !== '' || terminals.length === 0 || names.has('');
    if (hasPlace && names.size < terminals.length + MAX_UNKNOWN) names.add(terminal);
  }
  if (names.size === 0) return [{ user, terminal: '' }];
  return [...names].map((terminal) => ({ user, terminal }));
}

function* terminalsWithKeys(dim: Dim, { keys }: ReliableMessage, receiver: ID): Generator<string> {
  if (keys.size > MAX_TERMINALS)
    throw new DimError('INPUT_LIMIT', `has keys for more than ${MAX_TERMINALS} terminals of a user`, { path: 'keys' });
  const own = receiver.entity.toString();
  for (const name of keys.keys()) {
    if (name === own) {
      yield '';
      continue;
    }
    const id = dim.ID.tryParse(name);
    if (id?.equals(receiver) === true) yield id.terminal ?? '';
  }
}
