/** How large a page may become by importing the packages. */

/** An application, and the bytes that its bundle may have: minified, gzip. A kB is 1000 bytes. */
export interface Budget {
  readonly name: string;
  /** The program, in `app/sizes`. */
  readonly entry: string;
  /** What it shall have one day. */
  readonly goal?: number;
  /** What it may have at most: the tests fail above it. The goal, if not given. */
  readonly limit?: number;
  /** What must not be in it: the modern keys cost nothing unless they are imported. */
  readonly without?: RegExp;
}

const MODERN = /tweetnacl|ed25519|x25519|salsa|blake|modern/i;

/** What opens and seals private keys. */
const VAULTS = /scrypt|chacha/i;

/** Recovery words. */
const WORDS = /bip3|words/i;

const DATABASE = /idb|database/i;

export const BUDGETS: readonly Budget[] = [
  { name: "`import { ID } from 'mkm'`", entry: 'id', goal: 4000, limit: 2000, without: MODERN },
  {
    name: 'read and verify identities with ECC keys',
    entry: 'ecc-identity',
    goal: 25_000,
    limit: 23_900,
    without: MODERN,
  },
  { name: 'and their documents', entry: 'ecc-documents', limit: 28_900, without: MODERN },
  {
    name: 'the core of a chat: all contents, all old keys, pack and unpack',
    entry: 'chat',
    goal: 45_000,
    limit: 69_000,
    without: MODERN,
  },
  { name: 'the same on the portable backend by name', entry: 'named-chat', limit: 69_000, without: MODERN },
  { name: 'the core of a chat with the commands for stations', entry: 'station-chat', limit: 70_900, without: MODERN },
  { name: 'the core of a chat with modern keys', entry: 'modern-chat', limit: 99_600 },
  { name: "`import { silentLogger } from 'dimsdk'`", entry: 'one-name', goal: 500, without: /dimp|mkm|noble|scure/ },
  {
    name: 'a client in memory, over WebSockets',
    entry: 'client',
    goal: 90_000,
    limit: 125_500,
    without: either(MODERN, VAULTS, WORDS, DATABASE),
  },
  {
    name: 'a client with a store in IndexedDB',
    entry: 'stored-client',
    goal: 98_000,
    limit: 134_400,
    without: either(MODERN, VAULTS, WORDS),
  },
  {
    name: 'and with sealed keys, and identities in files',
    entry: 'sealed-client',
    goal: 108_000,
    limit: 146_000,
    without: either(MODERN, WORDS),
  },
  { name: 'and with recovery words', entry: 'words-client', limit: 173_000, without: MODERN },
];

function either(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'i');
}
