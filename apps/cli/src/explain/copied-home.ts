/** A home to look at: a copy of its store, so that no file of that is created or changed. */
import { chmodSync, copyFileSync, existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DimError } from 'dimp';
import { localUsers, passphraseVault } from 'dimsdk';
import { openSqliteStore } from 'dimsdk/node';
import { sealingFor } from '../home/sealing.ts';
import type { Call } from '../command/call.ts';
import { dim } from '../home/dim.ts';
import { homeOf, isHome, type Home } from '../home/home.ts';
import type { OpenHome } from '../home/open-home.ts';
import { readSettings } from '../home/settings.ts';
import { passphraseOf, passphraseOfOption } from '../input/passphrase.ts';
import { printable } from '../text/printable.ts';
import { makeCopyFolder, removeCopyFolder } from './copy-folder.ts';

/** The data, and the log that is a part of them. */
const PARTS = ['', '-wal'];
const OWNER_ONLY = 0o600;

/** How often a copy is begun anew where somebody writes at the same time. */
const ATTEMPTS = 20;

/** Does something with a copy of the home, if there is one, and removes it. The passphrase is asked for when keys are needed. */
export async function withCopiedHome<T>(call: Call, action: (open: OpenHome | undefined) => Promise<T>): Promise<T> {
  const home = homeOf(call);
  if (!isHome(home)) return action(undefined);
  const given = await passphraseOfOption(call);
  const folder = makeCopyFolder(home.path);
  try {
    const path = join(folder, 'dim.db');
    copyStore(home, path);
    const ask = async (): Promise<string> => given ?? passphraseOf(call, { isNew: false, of: printable(home.path) });
    const vault = passphraseVault(ask, sealingFor(call.context));
    const store = await openSqliteStore({ dim, path, vault });
    try {
      return await action({ home, settings: readSettings(home), store, users: await localUsers(store, dim) });
    } finally {
      await store.close();
    }
  } finally {
    removeCopyFolder(folder);
  }
}

/** SQLite moves pages from the log into the data: a copy is whole where neither changed while it was made. */
function copyStore({ store, path }: Home, copy: string): void {
  for (let left = ATTEMPTS; left > 0; left--) {
    const before = stateOf(store);
    for (const part of PARTS) {
      rmSync(copy + part, { force: true });
      if (!existsSync(store + part)) continue;
      copyFileSync(store + part, copy + part);
      chmodSync(copy + part, OWNER_ONLY);
    }
    if (stateOf(store) === before) return;
  }
  throw new DimError('STORE_FAILED', `${printable(path)} is written to all the time: try again later`);
}

function stateOf(store: string): string {
  return PARTS.map((part) => {
    const stats = statSync(store + part, { throwIfNoEntry: false, bigint: true });
    return stats === undefined ? '-' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
  }).join(', ');
}
