/** The backends that the vectors run on. */
import { createIdentityContext, definePlugin, type IdentityContext } from 'mkm';
import type { Backend } from '../../src/backend/backend.ts';
import { backend as native } from '../../src/backend/native/index.ts';
import { modernBackend as nativeModern } from '../../src/backend/native/modern.ts';
import { backend as portable } from '../../src/backend/portable/index.ts';
import { modernBackend as portableModern } from '../../src/backend/portable/modern.ts';
import { rsa } from '../../src/backend/portable/rsa.ts';
import { aesAlgorithm } from '../../src/keys/ciphers/aes-cbc.ts';
import { eccAlgorithm } from '../../src/keys/secp256k1/ecc.ts';
import { rsaAlgorithm } from '../../src/keys/rsa/rsa.ts';
import { modernPlugin } from '../../src/modern-plugin.ts';

/** What is left of the portable backend where there is no WebCrypto. */
export const withoutWebCrypto: Backend = { ...portable, name: 'portable without WebCrypto', rsa };

export const backends: readonly Backend[] = [native, portable, withoutWebCrypto];

/** What a suite works with: the public readers of keys, on one backend. */
export interface Subject extends Pick<IdentityContext, 'PublicKey' | 'PrivateKey' | 'DecryptKey' | 'SymmetricKey'> {
  readonly backend: Backend;
}

/** The readers of keys on a backend. */
export function subjectOf(backend: Backend): Subject {
  const algorithms = [rsaAlgorithm(backend), eccAlgorithm(backend), aesAlgorithm(backend)];
  const modern = modernPlugin({ backend: backend === native ? nativeModern : portableModern });
  const { PublicKey, PrivateKey, DecryptKey, SymmetricKey } = createIdentityContext({
    plugins: [definePlugin('algorithms', algorithms), modern],
  });
  return { backend, PublicKey, PrivateKey, DecryptKey, SymmetricKey };
}
