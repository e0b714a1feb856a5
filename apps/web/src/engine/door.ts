/** Ways into the store of this browser. Whether its keys are sealed, the store itself tells. */
import { DimError, isDimError, type ID } from 'dimp';
import { localUsers, passphraseVault, type ClientStore, type PassphraseVault } from 'dimsdk';
import { dim } from './dim.ts';
import { chosenName } from './known-identity.ts';
import type { Platform } from './platform.ts';
import { shownName } from './shown-text.ts';

/** An open store, and what seals its keys. */
export interface Opened {
  readonly store: ClientStore;
  readonly vault: PassphraseVault | undefined;
}

/** The store without a vault; undefined where its keys are sealed. */
export async function openPlain(platform: Platform): Promise<Opened | undefined> {
  try {
    return { store: await platform.openStore('unprotected'), vault: undefined };
  } catch (error) {
    if (isDimError(error) && error.code === 'USAGE_ARGUMENT' && error.path === 'vault') return undefined;
    throw error;
  }
}

/** Who lives in a sealed store, as that is told without its keys. */
export interface Locked extends Opened {
  readonly id: ID;
  readonly name: string | undefined;
}

/** A sealed store without its keys; undefined where not even that can be told before the passphrase is there. */
export async function openLocked(platform: Platform): Promise<Locked | undefined> {
  const vault = passphraseVault(notTyped, platform.sealing);
  try {
    const store = await platform.openStore(vault);
    const id = await ownerOf(store);
    return { store, vault, id, name: shownName(await chosenName(store, id)) };
  } catch (error) {
    // An engine ended while it sealed the keys: the rest is done as soon as the passphrase is there.
    if (isWrongPassphrase(error)) return undefined;
    throw error;
  }
}

/** A sealed store with its keys. @throws DimError `VAULT_PASSPHRASE` */
export async function openSealed(platform: Platform, passphrase: string): Promise<Opened & { readonly id: ID }> {
  const vault = passphraseVault(passphrase, platform.sealing);
  const store = await platform.openStore(vault);
  try {
    const id = await ownerOf(store);
    await store.keys(id);
    return { store, vault, id };
  } catch (error) {
    vault.lock();
    await store.close();
    throw error;
  }
}

/** A store for somebody new, or one whose keys lie open and are sealed now. */
export async function openFor(platform: Platform, passphrase: string | undefined): Promise<Opened> {
  const vault = passphrase === undefined ? undefined : passphraseVault(passphrase, platform.sealing);
  return { store: await platform.openStore(vault ?? 'unprotected'), vault };
}

/** Forgets the keys. */
export async function shut(opened: Opened | undefined): Promise<void> {
  opened?.vault?.lock();
  await opened?.store.close();
}

export function isWrongPassphrase(error: unknown): boolean {
  return isDimError(error) && error.code === 'VAULT_PASSPHRASE';
}

/** Nobody is asked for it: who lives here can be told without. */
function notTyped(): never {
  throw new DimError('VAULT_PASSPHRASE', 'the passphrase was not typed');
}

async function ownerOf(store: ClientStore): Promise<ID> {
  const [id] = await localUsers(store, dim);
  if (id !== undefined) return id;
  throw new DimError('INTERNAL_STORE', 'the store has sealed keys of nobody');
}
