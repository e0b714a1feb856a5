/** Making, restoring, importing, exporting an identity, and giving it another name. */
import { DimError, Visa, type ID, type User } from 'dimp';
import { ownKeys } from 'dimp/internal';
import { addLocalUser, exportIdentity, importIdentity, type ClientStore, type ImportedIdentity } from 'dimsdk';
import { readRecoveryWords, userFromWords } from 'dimsdk/words';
import type { DeviceView } from '../protocol/views.ts';
import { dim } from './dim.ts';
import { knownIdentity } from './known-identity.ts';
import type { Platform } from './platform.ts';
import { shownName } from './shown-text.ts';

/** The shortest time by which one document is later than another, in seconds. */
const LATER = 0.001;

/** What a new device is called: no two have one name, as the visa of the second would take the place of the first one's. */
export function newTerminal(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(3));
  return `web-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** @throws DimError `INPUT_FORMAT` at `name` for one that nobody would see */
export function readName(name: string): string {
  const trimmed = name.trim();
  if (shownName(trimmed) === undefined) throw new DimError('INPUT_FORMAT', 'shows nothing', { path: 'name' });
  return trimmed;
}

/** The identity of words, with a visa for this device. @throws DimError `INPUT_FORMAT` at `words[2]`, `name` */
export async function identityOfWords({
  words,
  name,
}: {
  readonly words: string;
  readonly name: string;
}): Promise<User> {
  return userFromWords(dim, readRecoveryWords(words), { name: readName(name), terminals: [newTerminal()] });
}

/** Keeps it. */
export async function keepIdentity(store: ClientStore, user: User): Promise<void> {
  await addLocalUser(dim, store, user);
}

/** An identity from a file, with a device of its own. @throws DimError `VAULT_PASSPHRASE` at `filePassphrase`, `INPUT_…` */
export async function importInto(
  store: ClientStore,
  { text, filePassphrase, name }: { readonly text: string; readonly filePassphrase: string; readonly name: string },
  { terminal, sealing }: { readonly terminal: string; readonly sealing: Platform['sealing'] },
): Promise<ImportedIdentity> {
  const named = name.trim() === '' ? undefined : readName(name);
  try {
    return await importIdentity(dim, store, text, { passphrase: filePassphrase, terminal, sealing, name: named });
  } catch (error) {
    // What seals the file is not what seals this device.
    if (error instanceof DimError && error.code === 'VAULT_PASSPHRASE')
      throw new DimError(error.code, error.reason, { path: 'filePassphrase', cause: error });
    throw error;
  }
}

/** The identity with its contacts, as one sealed text. */
export async function exportFrom(
  store: ClientStore,
  self: ID,
  options: { readonly passphrase: string; readonly contacts: readonly ID[]; readonly sealing: Platform['sealing'] },
): Promise<string> {
  return exportIdentity(dim, store, self, options);
}

/** The person at the device that the keys in the store are for. */
export async function deviceOf(store: ClientStore, id: ID): Promise<ID> {
  const keys = await store.keys(id);
  const terminal = keys?.decrypt[0]?.terminal ?? undefined;
  return terminal === undefined ? id : id.at(terminal);
}

/** The devices that have a visa. */
export async function devicesOf(store: ClientStore, self: ID): Promise<readonly DeviceView[]> {
  const { documents } = await knownIdentity(store, self);
  return documents
    .filter((document) => document instanceof Visa)
    .flatMap(({ terminal, time }) =>
      terminal === undefined
        ? []
        : [{ terminal: shownName(terminal) ?? '?', since: time, isThis: terminal === self.terminal }],
    );
}

/** Signs the visa of this device anew, with another name. */
export async function renameIdentity(store: ClientStore, self: ID, name: string, now: number): Promise<void> {
  const { meta, documents } = await knownIdentity(store, self);
  const { identity, decrypt } = await ownKeys(dim, store, self);
  const visa = documents.find((one) => one instanceof Visa && one.terminal === self.terminal);
  if (identity === undefined || meta === undefined || visa === undefined)
    throw new DimError('MISSING_PRIVATE_KEY', 'this device cannot sign for the identity', {
      missing: [{ what: 'private-key', id: self.entity }],
    });
  // Nobody takes one that is not later than the one before, whatever the clock says.
  const latest = Math.max(...documents.map(({ time }) => time ?? 0));
  const signed = await visa.with({ name: readName(name) }).sign(identity, { time: Math.max(now, latest + LATER) });
  if (!(signed instanceof Visa)) throw new DimError('CRYPTO_VERIFY', 'is no visa any more');
  await addLocalUser(dim, store, { id: self.entity, meta: meta.meta, visas: [signed], keys: { identity, decrypt } });
}
