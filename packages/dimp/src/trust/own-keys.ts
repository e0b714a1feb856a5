/** The private keys of a local user, as memory has them: objects or the maps of them. */
import type { ID, JsonMap, Key, KeyCodecs, PrivateKey, TerminalKey } from 'dkd';
import type { Memory } from './memory.ts';

/** The keys of a local user, ready to use. */
export interface OwnKeys {
  readonly identity: PrivateKey | undefined;
  readonly decrypt: readonly TerminalKey[];
}

/** The keys of a local user; none for everybody else. */
export async function ownKeys(
  codecs: Pick<KeyCodecs, 'PrivateKey' | 'DecryptKey'>,
  memory: Memory,
  user: ID,
): Promise<OwnKeys> {
  const ring = (await memory.keys(user)) ?? { decrypt: [] };
  return {
    identity: ring.identity
      ? isKey(ring.identity, 'sign')
        ? ring.identity
        : codecs.PrivateKey.parse(ring.identity)
      : undefined,
    decrypt: ring.decrypt.map(({ terminal, key }) => ({
      terminal: terminal ?? undefined,
      key: isKey(key, 'decrypt') ? key : codecs.DecryptKey.parse(key),
    })),
  };
}

/** A key may be any object that does what keys do: one in a keystore has no map. */
function isKey<K extends Key>(key: K | JsonMap, method: string): key is K {
  return typeof (key as Readonly<Record<string, unknown>>)[method] === 'function';
}
