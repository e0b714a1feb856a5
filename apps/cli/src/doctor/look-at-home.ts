/** The folder, the disk, the store, the keys. */
import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Visa, type ID } from 'dimp';
import type { Home } from '../home/home.ts';
import { knownIdentity } from '../home/known-identity.ts';
import type { OpenHome } from '../home/open-home.ts';
import { sizeText } from '../files/progress-line.ts';
import { printable } from '../text/printable.ts';
import type { Finding } from './finding.ts';

const OF_OTHERS = 0o077;

/** The folder and its files. */
export async function lookAtFolder({ path, store, settings, cards }: Home): Promise<Finding> {
  const name = printable(path, 1000);
  if (!existsSync(store))
    return {
      about: 'home',
      is: 'bad',
      says: `${name} has no identity yet`,
      advice: 'dim id new --name NAME',
      code: 'USAGE_ARGUMENT',
    };
  const open = [path, store, `${store}-wal`, settings, cards].filter((file) => isOpenToOthers(file));
  if (open.length > 0)
    return {
      about: 'home',
      is: 'bad',
      says: `others may read ${open.map((file) => printable(file, 1000)).join(', ')}`,
      advice: `chmod -R go-rwx ${name}`,
      code: 'STORE_FAILED',
    };
  return { about: 'home', is: 'good', says: name };
}

function isOpenToOthers(file: string): boolean {
  // Windows has no such modes.
  const mode = process.platform === 'win32' ? 0 : (statSync(file, { throwIfNoEntry: false })?.mode ?? 0);
  return (mode & OF_OTHERS) !== 0;
}

/** Less is soon full: SQLite writes each commit twice. */
const LITTLE_ROOM = 50 * 1024 * 1024;

/** The disk that it is on, or will be. */
export async function lookAtDisk({ path }: Home): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearestThere(path));
  const free = bavail * bsize;
  const says = `${sizeText(free)} are free`;
  return free < LITTLE_ROOM
    ? {
        about: 'disk',
        is: 'bad',
        says,
        advice: 'Make room: what does not fit is refused, and comes again.',
        code: 'STORE_FULL',
      }
    : { about: 'disk', is: 'good', says };
}

function nearestThere(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path));
}

/** Which SQLite there is. */
export async function lookAtSqlite(): Promise<Finding> {
  for (const name of ['node:sqlite', 'libsql']) {
    try {
      await import(name);
      return { about: 'SQLite', is: 'good', says: name };
    } catch {
      // The other one may be there.
    }
  }
  const advice = 'Take Node 22.13 or later, or: npm install -g libsql';
  return { about: 'SQLite', is: 'bad', says: 'there is none', advice, code: 'STORE_FAILED' };
}

/** The private keys, and whether others encrypt to them. Asks for the passphrase. */
export async function lookAtKeys({ store }: OpenHome, self: ID): Promise<Finding> {
  const ring = await store.keys(self);
  const { documents } = await knownIdentity(store, self);
  const terminals = (ring?.decrypt ?? []).map(({ terminal }) => terminal ?? '');
  const visas = documents.filter((document) => document instanceof Visa);
  const own = visas.filter(({ terminal }) => terminals.includes(terminal ?? ''));
  if (own.length === 0)
    return {
      about: 'keys',
      is: 'bad',
      says: 'no visa is here for the keys of this device: nobody can encrypt to it',
      advice: 'Import the identity anew (dim id import), with a device of its own.',
      code: 'MISSING_VISA',
    };
  const devices = visas.length === 1 ? 'one device is' : `${visas.length} devices are`;
  return { about: 'keys', is: 'good', says: `of ${printable(self.toString())}, ${devices} known` };
}
