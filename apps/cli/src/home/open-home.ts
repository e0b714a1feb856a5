/** Opens the store of a home. */
import { type ID } from 'dimp';
import { localUsers, passphraseVault, type ClientStore } from 'dimsdk';
import { nodeScrypt, openSqliteStore } from 'dimsdk/node';
import type { Call } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { passphraseOf } from '../input/passphrase.ts';
import { printable } from '../text/printable.ts';
import { dim } from './dim.ts';
import { nameOf } from './known-identity.ts';
import { homeOf, isHome, makeHome, type Home } from './home.ts';
import { readSettings, type Settings } from './settings.ts';

/** An open home. Whoever opens it closes its store. */
export interface OpenHome {
  readonly home: Home;
  readonly settings: Settings;
  readonly store: ClientStore;
  /** The identities of this home; of each the bare ID. */
  readonly users: readonly ID[];
}

/** Does something with the home, and closes it, whatever comes of it. The passphrase is asked for when keys are needed. */
export async function withHome<T>(
  call: Call,
  action: (open: OpenHome) => Promise<T>,
  { canBeNew = false }: { readonly canBeNew?: boolean } = {},
): Promise<T> {
  const home = homeOf(call);
  const isNew = !isHome(home);
  if (isNew && !canBeNew)
    throw wrong(
      `there is no identity in ${printable(home.path)} yet: make one with \`dim id new --name NAME\`, or say --home`,
    );
  if (isNew) makeHome(home);
  const vault = passphraseVault(async () => passphraseOf(call, { isNew, of: printable(home.path) }), {
    scrypt: nodeScrypt,
  });
  const store = await openSqliteStore({ dim, path: home.store, vault });
  try {
    return await action({ home, settings: readSettings(home), store, users: await localUsers(store, dim) });
  } finally {
    await store.close();
  }
}

/** Who it is: by `--as`, by what was chosen, or the only one. @throws DimError `USAGE_ARGUMENT` */
export async function selfOf({ globals }: Call, { settings, users, store }: OpenHome): Promise<ID> {
  const given = globals.as ?? settings.self;
  if (given !== undefined) {
    const named = await findNamed(given, users, store);
    if (named !== undefined) return named;
    throw wrong(`${printable(given)} is no identity of this home: \`dim id list\` shows them`);
  }
  const [only, ...others] = users;
  if (only === undefined) throw wrong('this home has no identity yet: make one with `dim id new --name NAME`');
  if (others.length > 0)
    throw wrong('this home has several identities: say which with --as, or choose one with `dim id use ID`');
  return only;
}

/** By ID, by address, or by the name in the visa where only one has it. */
async function findNamed(given: string, users: readonly ID[], store: ClientStore): Promise<ID | undefined> {
  const id = dim.ID.tryParse(given);
  const same = users.filter((user) => id?.equals(user) === true || user.address.toString() === given);
  if (same.length > 0) return same[0];
  const named: ID[] = [];
  for (const user of users) {
    if ((await nameOf(store, user)) === given) named.push(user);
  }
  if (named.length > 1) throw wrong(`${printable(given)} is the name of several identities here: say the ID`);
  return named[0];
}
