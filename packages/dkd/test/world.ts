/** Identities and keys for the tests of this layer. Making RSA keys takes a while: they are those of the vectors. */
import { readFileSync } from 'node:fs';
import { standardPlugins } from 'dimplugins';
import {
  createMessageContext,
  DimError,
  type DecryptKey,
  type EncryptKey,
  type ID,
  type PrivateKey,
} from '../src/index.ts';

export const context = createMessageContext({ plugins: [standardPlugins()] });

export const ALICE = context.ID.parse('alice@1J4YpvWsiA8ziC6cfHCHJJ44PC74z2gpJv');
export const BOB = context.ID.parse('bob@1HtfBJ382vvD7huhzHozC8M6LXY6n7EvRQ');
export const GROUP = context.ID.parse('group-dave@VXTfrasVnf24GGYPUCQQUsKaXwnMi8Qe7');

export const signKey: PrivateKey = await context.PrivateKey.generate('ECC');

const { cases } = JSON.parse(
  readFileSync(new URL('../../../vectors/asymmetric-keys.json', import.meta.url), 'utf8'),
) as { cases: { name: string; private: object }[] };

/** An RSA key of 1024 bits. */
function rsaKey(name: string): PrivateKey & DecryptKey {
  const found = cases.find((vector) => vector.name === name);
  return context.PrivateKey.parse(found?.private) as PrivateKey & DecryptKey;
}

/** Two key pairs that encrypt. */
export const phone = rsaKey('rsa0');
export const desktop = rsaKey('rsa1');

export function recipient(id: ID, key: PrivateKey): { id: ID; key: EncryptKey } {
  return { id, key: key.publicKey as EncryptKey };
}

/** The DimError that an action ends with; anything else fails the test. */
export async function errorOf(action: () => unknown): Promise<DimError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof DimError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
