/** Who the station is: made at its first start, and the same from then on. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DimError, EntityType, isDimError, MemoryStore, type Dim, type User } from 'dimp';
import { printable } from 'dimp/internal';
import type { KeyVault } from 'dimsdk';
import { reasonOf } from '../options/configure.ts';
import { readIdentityText, writeIdentityText, type IdentityText } from './identity-text.ts';
import { createPrivateFile, replacePrivateFile } from './private-file.ts';

/** Where a station's identity is. */
export interface IdentityOptions {
  readonly dim: Dim;
  /** Its file. */
  readonly path: string;
  /** Of a new one: a part of its ID. */
  readonly name: string;
  /** The database of the station: where one is, somebody is this station already. */
  readonly database?: string | undefined;
  /** Seals it. What lies unsealed is sealed from now on. */
  readonly vault: KeyVault | undefined;
}

/** An identity that was verified. */
export interface StationIdentity {
  readonly user: User;
  readonly isNew: boolean;
  readonly isSealed: boolean;
}

/** Clients of the network encrypt to RSA; ours to the other one too. The last is the `key` of the visa. */
const VISA_ALGORITHMS = ['X25519', 'RSA'];

/**
 * The identity in a file, or a new one where there is none. A file that cannot be read is left as it is: a new identity would be
 * another station, which none of its clients believes.
 *
 * @throws DimError `STORE_FAILED` for a file that is damaged, not a station's, or gone from beside its database; `STORE_VERSION`; `VAULT_PASSPHRASE`; `STORE_FULL`
 */
export async function stationIdentity(options: IdentityOptions): Promise<StationIdentity> {
  const { dim, path, name, vault } = options;
  const known = await readFileOf(path);
  if (known !== undefined) return opened(options, known);
  checkIsFirst(options);
  const user = await dim.createUser({
    name,
    seed: name,
    type: EntityType.STATION,
    algorithm: 'ECC',
    visaAlgorithms: VISA_ALGORITHMS,
  });
  if (await createPrivateFile(path, await writeIdentityText(user, vault)))
    return { user, isNew: true, isSealed: vault !== undefined };
  // Another process has started at the same time, and was faster.
  return opened(options, (await readFileOf(path)) ?? '');
}

/** A database without its identity is one that has lost it: a new one would be another station, which nobody is told. */
function checkIsFirst({ path, database }: IdentityOptions): void {
  if (database === undefined || !existsSync(database)) return;
  throw new DimError(
    'STORE_FAILED',
    `${printable(path)} is not there, and ${printable(database)} is: put a copy of the identity back, ` +
      'or move the database away to become another station',
  );
}

async function readFileOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (((error ?? {}) as { readonly code?: unknown }).code === 'ENOENT') return undefined;
    throw new DimError('STORE_FAILED', `${printable(path)} ${reasonOf(error)}`, { cause: error });
  }
}

async function opened({ dim, path, vault }: IdentityOptions, text: string): Promise<StationIdentity> {
  let found: IdentityText;
  try {
    found = await readIdentityText(dim, text, vault);
    await checkStation(dim, found.user);
  } catch (error) {
    throw identityFailure(error, path, vault !== undefined);
  }
  if (!found.isSealed && vault !== undefined)
    await replacePrivateFile(path, await writeIdentityText(found.user, vault));
  return { user: found.user, isNew: false, isSealed: vault !== undefined };
}

/** As if a stranger had given it: the meta is that of the ID, the keys those of the meta and the visa, the visa is signed. */
async function checkStation(dim: Dim, user: User): Promise<void> {
  await dim.addUser(new MemoryStore(), user);
  if (user.id.type !== EntityType.STATION) throw new DimError('INPUT_CONFLICT', 'must be a station', { path: 'id' });
  const [visa] = user.visas;
  const offered = visa?.encryptKeys.map(({ algorithm }) => algorithm) ?? [];
  const own = user.keys.decrypt.map(({ key }) => key.encryptKey.algorithm);
  if (!offered.includes('RSA') || !own.includes('RSA'))
    throw new DimError('INPUT_MISSING', 'needs a key of RSA, as all clients encrypt to it', { path: 'visa' });
}

function identityFailure(error: unknown, path: string, hasPassphrase: boolean): unknown {
  if (!isDimError(error)) return error;
  const file = printable(path);
  if (error.code === 'VAULT_PASSPHRASE')
    return new DimError(
      'VAULT_PASSPHRASE',
      hasPassphrase
        ? `the passphrase is not that of ${file}, or somebody has changed the file`
        : `${file} is sealed: DIM_STATION_PASSPHRASE or passphrase-file must give its passphrase`,
      { cause: error },
    );
  if (error.code === 'STORE_VERSION')
    return new DimError('STORE_VERSION', `${file} was written by another version of dimstation`, { cause: error });
  if (error.code === 'INTERNAL_PLATFORM') return error;
  return new DimError(
    'STORE_FAILED',
    `${file} is damaged, and was left as it is: put a copy of it back, or move it away to become another station ` +
      `(${error.message})`,
    { cause: error },
  );
}
