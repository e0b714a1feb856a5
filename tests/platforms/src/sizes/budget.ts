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

export const BUDGETS: readonly Budget[] = [
  { name: "`import { ID } from 'mkm'`", entry: 'id', goal: 4000, without: MODERN },
  {
    name: 'read and verify identities with ECC keys',
    entry: 'ecc-identity',
    goal: 25_000,
    limit: 30_000,
    without: MODERN,
  },
  {
    name: 'the core of a chat: all contents, all old keys, pack and unpack',
    entry: 'chat',
    goal: 45_000,
    limit: 66_000,
    without: MODERN,
  },
  { name: 'the same on the portable backend by name', entry: 'named-chat', limit: 66_000, without: MODERN },
  { name: 'the core of a chat with the commands for stations', entry: 'station-chat', without: MODERN },
  { name: 'the core of a chat with modern keys', entry: 'modern-chat' },
];
