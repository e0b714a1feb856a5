/** The private keys of a local user, as memory has them: objects or the maps of them. */
import {
  describe,
  DimError,
  type ID,
  type JsonMap,
  type Key,
  type KeyCodecs,
  type PrivateKey,
  type TerminalKey,
} from 'dkd';
import { fromStore } from './known-identity.ts';
import type { KeyRing, Memory } from './memory.ts';

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
  return fromStore('keys', () => readKeys(codecs, ring));
}

function readKeys(
  codecs: Pick<KeyCodecs, 'PrivateKey' | 'DecryptKey'>,
  { identity, decrypt: entries }: KeyRing,
): OwnKeys {
  const isList: boolean = Array.isArray(entries);
  if (!isList) throw new DimError('INPUT_TYPE', `must be a list, not ${describe(entries)}`, { path: 'decrypt' });
  return {
    identity: identity ? (isKey(identity, 'sign') ? identity : codecs.PrivateKey.parse(identity)) : undefined,
    decrypt: entries.map(({ terminal, key }) => ({
      terminal: terminal ?? undefined,
      key: isKey(key, 'decrypt') ? key : codecs.DecryptKey.parse(key),
    })),
  };
}

/** A key may be any object that does what keys do: one in a keystore has no map. */
function isKey<K extends Key>(key: K | JsonMap, method: string): key is K {
  return typeof (key as Readonly<Record<string, unknown>>)[method] === 'function';
}
