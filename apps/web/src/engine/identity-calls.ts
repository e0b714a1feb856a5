/** What pages may ask whether or not somebody lives here. */
import type { User } from 'dimp';
import { createRecoveryWords } from 'dimsdk/words';
import type { Calls, Engine } from '../protocol/calls.ts';
import { exportFrom, identityOfWords, importInto, keepIdentity, newTerminal, renameIdentity } from './identity.ts';
import type { Home } from './home.ts';
import { changeSettings } from './settings.ts';

export const IDENTITY_CALLS = {
  state: true,
  makeWords: true,
  create: true,
  restore: true,
  importIdentity: true,
  exportIdentity: true,
  unlock: true,
  lock: true,
  changePassphrase: true,
  rename: true,
  forgetEverything: true,
  changeSettings: true,
  connectNow: true,
} as const satisfies Partial<Readonly<Record<keyof Calls, true>>>;

export type IdentityCall = keyof typeof IDENTITY_CALLS;

export function identityCalls(home: Home): Pick<Engine, IdentityCall> {
  const { platform } = home;
  const live = async ({ words, name, passphrase }: Calls['create'][0]): Promise<void> => {
    const user = await identityOfWords({ words, name });
    await home.inTurn(async () => moveIn(home, user, passphrase));
  };
  return {
    state: async () => home.state(),
    makeWords: async () => createRecoveryWords(12),
    create: live,
    restore: live,
    importIdentity: async (asked) => home.inTurn(async () => importIdentity(home, asked)),
    exportIdentity: async ({ filePassphrase: passphrase }) =>
      home.withSession(async ({ open: { client, store } }) => {
        const contacts = client.contacts.filter(({ id, isAdded }) => isAdded && id.isUser).map(({ id }) => id);
        return exportFrom(store, client.self.entity, { passphrase, contacts, sealing: platform.sealing });
      }),
    unlock: async ({ passphrase }) => home.inTurn(async () => home.unlock(passphrase)),
    lock: async () => home.inTurn(async () => home.lock()),
    changePassphrase: async ({ from, to }) => home.inTurn(async () => home.changePassphrase(from, to)),
    rename: async ({ name }) =>
      home.inTurn(async () => {
        const { client, store } = home.session.open;
        await renameIdentity(store, client.self, name, platform.clock.now());
        await home.restart();
      }),
    forgetEverything: async () => home.inTurn(async () => home.forgetEverything()),
    changeSettings: async (change) =>
      home.inTurn(async () => {
        // Of somebody who lives here, and is there: a store is open while it is locked, too.
        await changeSettings(home.session.open.store, change);
        await home.settingsChanged();
      }),
    connectNow: async () => home.connectNow(),
  };
}

/** Asked again after a crash, or of the same person later: what the file has comes to what is here. */
async function importIdentity(
  home: Home,
  { passphrase, ...file }: Calls['importIdentity'][0],
): Promise<Calls['importIdentity'][1]> {
  const { sealing } = home.platform;
  let contacts: readonly Parameters<Home['session']['open']['client']['addContact']>[0][] = [];
  let refused = 0;
  await home.settle(passphrase, async (store) => {
    const imported = await importInto(store, file, { terminal: newTerminal(), sealing });
    contacts = imported.contacts;
    refused = imported.refused.length;
    return imported.user.id;
  });
  // Whom the person had added is added here, too.
  const { client } = home.session.open;
  for (const id of contacts) await client.addContact(id);
  return { refused };
}

/** Keeps somebody who was made. Asked again after a crash, it is done already. */
async function moveIn(home: Home, user: User, passphrase: string | undefined): Promise<void> {
  const { phase } = home;
  const here = phase.is === 'open' ? phase.me.id : phase.is === 'locked' ? phase.id : undefined;
  if (here === user.id.toString()) {
    if (phase.is === 'locked') await home.unlock(passphrase ?? '');
    return;
  }
  await home.settle(passphrase, async (store) => {
    await keepIdentity(store, user);
    return user.id;
  });
}
