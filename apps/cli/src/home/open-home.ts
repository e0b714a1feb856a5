/** Opens the store of a home. */
import type { ID } from 'dimp';
import { localUsers, passphraseVault, type ClientStore } from 'dimsdk';
import { openSqliteStore } from 'dimsdk/node';
import { sealingFor } from './sealing.ts';
import type { Call } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { passphraseOf, passphraseOfOption } from '../input/passphrase.ts';
import { printable } from '../text/printable.ts';
import { removeCards, writeCards } from './cards.ts';
import { chooseOwn } from './choose-own.ts';
import { dim } from './dim.ts';
import { homeOf, isHome, makeHome, type Home } from './home.ts';
import { ownCards } from './make-card.ts';
import { nameOf } from './known-identity.ts';
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
  if (isNew && !canBeNew) throw noHome(home);
  let given = await passphraseOfOption(call);
  if (isNew) {
    // Without one nothing can be kept: nothing is made then.
    given ??= await passphraseOf(call, { isNew, of: printable(home.path) });
  }
  // Of one that is there, the rights of others are taken away.
  makeHome(home);
  const opened: { store?: ClientStore } = {};
  // A home whose last identity has left, or whose first one never came, has no passphrase yet.
  const hasNobody = async (): Promise<boolean> =>
    opened.store === undefined ? isNew : (await localUsers(opened.store, dim)).length === 0;
  const vault = passphraseVault(
    async () => given ?? passphraseOf(call, { isNew: await hasNobody(), of: printable(home.path) }),
    sealingFor(call.context),
  );
  const store = await openSqliteStore({ dim, path: home.store, vault });
  opened.store = store;
  try {
    const result = await action({ home, settings: readSettings(home), store, users: await localUsers(store, dim) });
    await keepCards(home, store);
    return result;
  } finally {
    await store.close();
  }
}

/** A copy fails no command that is done: what it was to say, words that are shown once say, is said. */
async function keepCards(home: Home, store: ClientStore): Promise<void> {
  try {
    await writeCards(home, await ownCards(store, await localUsers(store, dim)));
  } catch {
    // No copy is better than an old one: the next command that opens the store writes it anew.
    removeCards(home);
  }
}

/** What is said where nobody has made anything yet. */
export function noHome({ path }: Home): Error {
  return wrong(
    `there is no identity in ${printable(path)} yet: make one with \`dim id new --name NAME\`, or say --home`,
  );
}

/** Who it is: by `--as`, by what was chosen, or the only one. @throws DimError `USAGE_ARGUMENT` */
export async function selfOf({ globals }: Call, { settings, users, store }: OpenHome): Promise<ID> {
  const own = await Promise.all(
    users.map(async (user) => ({ user, id: user.toString(), name: (await nameOf(store, user)) ?? null })),
  );
  return chooseOwn(globals.as ?? settings.self, own).user;
}
