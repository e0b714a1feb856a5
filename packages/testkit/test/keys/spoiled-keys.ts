/** Algorithms whose keys are changed as they are read and made. */
import { aesAlgorithm, eccAlgorithm, platformBackend, rsaAlgorithm } from 'dimplugins';
import { platformModernBackend, x25519Algorithm } from 'dimplugins/modern';
import type { DecryptKey, EncryptKey, Key, KeyAlgorithmDefinition, PrivateKey, PublicKey, SymmetricKey } from 'mkm';
import { spoiled } from '../wrong-definitions.ts';

type Changes = { readonly [name: string]: unknown };
type Spoil<K> = (key: K) => Changes;

export const ecc = eccAlgorithm(platformBackend);
export const aes = aesAlgorithm(platformBackend);
export const x25519 = x25519Algorithm(platformModernBackend);
const rsaKey = await rsaAlgorithm(platformBackend).privateKey?.generate({ bits: 1024 });
export const rsa: KeyAlgorithmDefinition = withKeys(rsaAlgorithm(platformBackend), {});

/** A definition whose keys are changed as they are read and made. */
export function withKeys(
  base: KeyAlgorithmDefinition,
  spoil: {
    readonly publicKey?: Spoil<PublicKey>;
    readonly privateKey?: Spoil<PrivateKey>;
    readonly encryptKey?: Spoil<EncryptKey>;
    readonly decryptKey?: Spoil<DecryptKey>;
    readonly symmetricKey?: Spoil<SymmetricKey>;
  },
): KeyAlgorithmDefinition {
  const change = <K extends Key>(key: K, by: Spoil<K> | undefined): K =>
    by === undefined ? key : spoiled(key, by(key));
  const changePrivate = (key: PrivateKey): PrivateKey => {
    const publicKey = change(key.publicKey, spoil.publicKey);
    const encrypts = key.encryptKey && { encryptKey: publicKey };
    return spoiled(key, { publicKey, ...encrypts, ...spoil.privateKey?.(key) });
  };
  const changeDecrypt = (key: DecryptKey): DecryptKey =>
    spoiled(key, { encryptKey: change(key.encryptKey, spoil.encryptKey), ...spoil.decryptKey?.(key) });
  const { publicKey, privateKey, encryptKey, decryptKey, symmetricKey } = base;
  // Making one takes a while.
  const make = async () => (base.algorithm === 'RSA' && rsaKey ? rsaKey : privateKey?.generate({}));
  return {
    ...base,
    ...(publicKey && { publicKey: { read: (fields) => change(publicKey.read(fields), spoil.publicKey) } }),
    ...(privateKey && {
      privateKey: {
        read: (fields) => changePrivate(privateKey.read(fields)),
        generate: async () => changePrivate((await make()) as PrivateKey),
      },
    }),
    ...(encryptKey && { encryptKey: { read: (fields) => change(encryptKey.read(fields), spoil.encryptKey) } }),
    ...(decryptKey && {
      decryptKey: {
        read: (fields) => changeDecrypt(decryptKey.read(fields)),
        generate: async () => changeDecrypt(await decryptKey.generate({})),
      },
    }),
    ...(symmetricKey && {
      symmetricKey: {
        read: (fields) => change(symmetricKey.read(fields), spoil.symmetricKey),
        generate: async () => change(await symmetricKey.generate({}), spoil.symmetricKey),
      },
    }),
  };
}

/** A key that loses a field that it does not know. */
export const withoutUnknown = (key: Key) => ({
  toJSON: () => Object.fromEntries(Object.entries(key.fields).filter(([name]) => name !== 'unknown')),
});
