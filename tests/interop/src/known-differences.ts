/**
 * What a peer does not do, where our reader cannot settle it. Each of these is exchanged all the same: one that is no
 * longer true is a failure.
 */
import { DIRECTIONS, type Direction, type Result } from './run.ts';

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
  'Without `dimples`, the packages since 2.4.3 read `keys` and no single `key`. The shape `2.4` writes `keys`.';
const PACKAGES_OF_2_4 = ['python-2.4.1', 'python-2.4.3'];

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    peers: WITHOUT_SINGLE_KEY,
    part: 'Shapes',
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
    part: 'Contents and commands, shape deployed',
    rows: ['documents query', 'documents query since', 'documents', 'documents with meta'],
    direction: 'to peer',
    reason:
      'Without `dimples`, the packages know the command `documents` and not its older name `document`. The shape ' +
      '`deployed` is for clients with that library or older ones.',
  },
  {
    peers: PACKAGES_OF_2_4,
    part: 'Personal messages',
    rows: ['to one without a visa'],
    direction: 'to peer',
    reason: 'A user without any document does not decrypt there, although the key of the meta encrypts.',
  },
  ...rowsOf(
    'java',
    'The address of a BTC meta with an RSA key hashes the SPKI form there, and the DER as in the PEM here and in Python.',
    [
      ['Metas and IDs', 'BTC with RSA', 'from peer'],
      ['Personal messages', 'from MKM with ECC to BTC with RSA', 'to peer'],
      ['Personal messages', 'from BTC with RSA to BTC with ECC', 'from peer'],
    ],
  ),
  ...rowsOf(
    'java',
    'Terminals have no keys of their own there: `keys` is read by bare IDs, one visa is encrypted to.',
    [
      ['Personal messages', 'to one with terminals', 'to peer'],
      ['Personal messages', 'read at a terminal', 'to peer'],
      ['Personal messages', 'read at a terminal', 'from peer'],
      ['Group messages', 'split, for terminals', 'to peer'],
      ['Forwarded messages', 'one secret', 'to peer'],
      ['Forwarded messages', 'three secrets', 'to peer'],
    ],
  ),
  ...rowsOf('java', 'A message to a group is read there after a bot has split it for the member.', [
    ['Group messages', 'to a group', 'to peer'],
    ['Group messages', 'to a group, read at a terminal', 'to peer'],
    ['Group messages', 'a reused key', 'to peer'],
  ]),
];

function rowsOf(
  peer: string,
  reason: string,
  rows: readonly (readonly [part: string, name: string, direction: Direction])[],
): readonly KnownDifference[] {
  return rows.map(([part, name, direction]) => ({ peers: [peer], part, rows: [name], direction, reason }));
}

/** Whether a row differs with a peer in any direction. */
export function isKnownRow(peer: string, part: string, name: string): boolean {
  return DIRECTIONS.some((direction) => knownDifference(peer, { part, name, direction }) !== undefined);
}

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
