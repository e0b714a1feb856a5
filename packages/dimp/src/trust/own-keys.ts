/** The private keys of a local user, as memory has them: objects or the maps of them. */
import { canDecrypt, type ID, type JsonMap, type Key, type KeyCodecs, type PrivateKey, type TerminalKey } from 'dkd';
import { within } from 'dkd/extend';
import { asStoreFault } from '../memory/from-store.ts';
import type { KeyRing, Memory } from '../memory/memory.ts';

/** The keys of a local user, ready to use. */
export interface OwnKeys {
  readonly identity: PrivateKey | undefined;
  readonly decrypt: readonly TerminalKey[];
}

/**
 * The keys of a local user; none for everybody else.
 * @throws DimError `INTERNAL_STORE` when memory gives what is no key
 */
export async function ownKeys(
  codecs: Pick<KeyCodecs, 'PrivateKey' | 'DecryptKey'>,
  memory: Memory,
  user: ID,
): Promise<OwnKeys> {
  const ring = (await memory.keys(user)) ?? { decrypt: [] };
  try {
    return readRing(codecs, ring);
  } catch (error) {
    throw asStoreFault('keys', user, error);
  }
}

/**
 * The private keys that may decrypt for a local user, the likeliest first.
 * @throws DimError `INTERNAL_STORE` when memory gives what is no key
 */
export async function privateKeysOf(
  codecs: Pick<KeyCodecs, 'PrivateKey' | 'DecryptKey'>,
  memory: Memory,
  user: ID,
): Promise<readonly TerminalKey[]> {
  const { identity, decrypt } = await ownKeys(codecs, memory, user);
  // Senders use the identity key only where they know no visa.
  return identity !== undefined && canDecrypt(identity) ? [...decrypt, { key: identity }] : decrypt;
}

function readRing(codecs: Pick<KeyCodecs, 'PrivateKey' | 'DecryptKey'>, { identity, decrypt }: KeyRing): OwnKeys {
  return {
    identity: identity
      ? isKey(identity, 'sign')
        ? identity
        : within('identity', () => codecs.PrivateKey.parse(identity))
      : undefined,
    decrypt: decrypt.map(({ terminal, key }, index) => ({
      terminal: terminal ?? undefined,
      key: isKey(key, 'decrypt') ? key : within(`decrypt[${index}].key`, () => codecs.DecryptKey.parse(key)),
    })),
  };
}

/** A key may be any object that does what keys do: one in a keystore has no map. */
function isKey<K extends Key>(key: K | JsonMap, method: string): key is K {
  return typeof (key as Readonly<Record<string, unknown>>)[method] === 'function';
}
