/**
 * The private keys of a user as a vault seals them.
 *
 * `{ "version": 1, "identity"?: {private key map}, "decrypt": [ { "terminal"?: "phone", "key": {private key map} } ] }`
 */
import {
  DimError,
  stringifyJson,
  type JsonMap,
  type KeyCodecs,
  type KeyRing,
  type PrivateKey,
  type TerminalKey,
} from 'dimp';
import {
  copyJsonMap,
  decodeUtf8,
  encodeUtf8,
  mapOf,
  optionalListOf,
  optionalMapOf,
  optionalTextOf,
  parseJsonMap,
  requireArgument,
  textOf,
  typeName,
  within,
} from 'dimp/extend';
import type { KeyVault } from '../ports/key-vault.ts';

/** Reads private keys; a context does. Without it, they stay the maps of them. */
export type RingCodecs = Pick<KeyCodecs, 'PrivateKey' | 'DecryptKey'>;

const VERSION = 1;

/** What is authenticated with a ring: whose it is. */
function labelOf(entityKey: string): string {
  return `keyring ${entityKey}`;
}

/**
 * The map of a ring.
 * @throws DimError `USAGE_ARGUMENT` for what has no map, and so cannot be kept
 */
export function ringMap(ring: KeyRing): JsonMap {
  const { identity, decrypt } = requireArgument(ring, 'keys');
  if (!Array.isArray(decrypt))
    throw new DimError('USAGE_ARGUMENT', `must be a list, not ${typeName(decrypt)}`, { path: 'keys.decrypt' });
  return {
    ...(isGiven(identity) && { identity: keyMap(identity, 'keys.identity') }),
    decrypt: ring.decrypt.map(({ terminal, key }, index) => ({
      ...(isGiven(terminal) && { terminal }),
      key: keyMap(key, `keys.decrypt[${index}].key`),
    })),
  };
}

/** The text of a ring. @throws DimError as {@link ringMap} */
export function ringText(ring: KeyRing): string {
  return stringifyJson({ version: VERSION, ...ringMap(ring) });
}

function isGiven<T>(value: T | undefined | null): value is T {
  return value !== undefined && value !== null;
}

function keyMap(key: object, path: string): JsonMap {
  try {
    const map = copyJsonMap(key);
    textOf(map, 'algorithm');
    return map;
  } catch (cause) {
    // A key of a keystore does what keys do, and nobody gets to see what it is.
    throw new DimError('USAGE_ARGUMENT', 'has no map that could be kept', { path, cause });
  }
}

/**
 * The ring of a text.
 * @throws DimError `STORE_VERSION`; `INPUT_…`, `UNSUPPORTED_…` for what the codecs do not read
 */
export function readRing(text: string, codecs: RingCodecs | undefined): KeyRing {
  const fields = parseJsonMap(text);
  if (fields['version'] !== VERSION)
    throw new DimError('STORE_VERSION', 'was written by a later version', { path: 'version' });
  return codecs === undefined ? readMaps(fields) : readKeys(fields, codecs);
}

/** A ring whose keys were read. */
export interface ReadRing extends KeyRing {
  readonly identity: PrivateKey | undefined;
  readonly decrypt: readonly TerminalKey[];
}

/** The keys of the map of a ring. @throws DimError `INPUT_…`, `UNSUPPORTED_…` */
export function readKeys(fields: JsonMap, codecs: RingCodecs): ReadRing {
  const { identity, decrypt } = readMaps(fields);
  return Object.freeze({
    identity: identity && within('identity', () => codecs.PrivateKey.parse(identity)),
    decrypt: Object.freeze(
      decrypt.map(({ terminal, key }, index) =>
        Object.freeze({ terminal, key: within(`decrypt[${index}].key`, () => codecs.DecryptKey.parse(key)) }),
      ),
    ),
  });
}

interface RingOfMaps extends KeyRing {
  readonly identity: JsonMap | undefined;
  readonly decrypt: readonly { readonly terminal: string | undefined; readonly key: JsonMap }[];
}

function readMaps(fields: JsonMap): RingOfMaps {
  const decrypt = optionalListOf(fields, 'decrypt') ?? [];
  return Object.freeze({
    identity: optionalMapOf(fields, 'identity'),
    decrypt: Object.freeze(
      decrypt.map((entry, index) =>
        within(`decrypt[${index}]`, () => {
          const map = copyJsonMap(entry);
          return Object.freeze({ terminal: optionalTextOf(map, 'terminal'), key: mapOf(map, 'key') });
        }),
      ),
    ),
  });
}

/** Seals the text of a ring for the user with an entity key. */
export async function sealRing(vault: KeyVault, entityKey: string, text: string): Promise<JsonMap> {
  const secret = encodeUtf8(text);
  try {
    return await vault.seal(secret, labelOf(entityKey));
  } finally {
    secret.fill(0);
  }
}

/** Opens what {@link sealRing} gave. @throws DimError as {@link KeyVault.open} */
export async function openRing(vault: KeyVault, entityKey: string, sealed: JsonMap): Promise<string> {
  const secret = await vault.open(sealed, labelOf(entityKey));
  try {
    return decodeUtf8(secret);
  } finally {
    secret.fill(0);
  }
}
