/**
 * What a peer does not do, where our reader cannot settle it. Each of these is exchanged all the same: one that is no
 * longer true is a failure.
 */
import type { Direction, Result } from './run.ts';

/** Rows of the matrix that differ, and why. */
export interface KnownDifference {
  readonly peers: readonly string[];
  readonly part: string;
  /** All rows of the part, if not given. */
  readonly rows?: readonly string[];
  readonly direction: Direction;
  readonly reason: string;
}

const WITHOUT_SINGLE_KEY = ['python-sdk', 'python-2.4.3'];
const ONLY_KEYS =
  'Without `dimples`, the packages since 2.4.3 read `keys` and no single `key`. The profile `2.4` writes `keys`.';
const PACKAGES_OF_2_4 = ['python-2.4.1', 'python-2.4.3'];

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    peers: WITHOUT_SINGLE_KEY,
    part: 'Profiles',
    rows: ['2.0: one key'],
    direction: 'to peer',
    reason: ONLY_KEYS,
  },
  {
    peers: WITHOUT_SINGLE_KEY,
    part: 'Group messages',
    rows: ['split, with one key'],
    direction: 'to peer',
    reason: ONLY_KEYS,
  },
  {
    peers: ['python-sdk', ...PACKAGES_OF_2_4],
    part: 'Contents and commands, profile network',
    rows: ['documents query', 'documents query since', 'documents', 'documents with meta'],
    direction: 'to peer',
    reason:
      'Without `dimples`, the packages know the command `documents` and not its older name `document`. The profile ' +
      '`network` is for clients with that library or older ones.',
  },
  {
    peers: PACKAGES_OF_2_4,
    part: 'Personal messages',
    rows: ['to one without a visa'],
    direction: 'to peer',
    reason: 'A user without any document does not decrypt there, although the key of the meta encrypts.',
  },
];

/** The known difference that a result falls under. */
export function knownDifference(
  peer: string,
  { part, name, direction }: Pick<Result, 'part' | 'name' | 'direction'>,
  list: readonly KnownDifference[] = KNOWN_DIFFERENCES,
): KnownDifference | undefined {
  return list.find(
    (known) =>
      known.peers.includes(peer) &&
      known.part === part &&
      known.direction === direction &&
      (known.rows === undefined || known.rows.includes(name)),
  );
}
