/** The backends that the vectors run on. A backend with key operations is one line more. */
import { createIdentityContext, definePlugin, type IdentityContext } from 'mkm';
import type { Backend } from '../../src/backend/backend.ts';
import { backend as native } from '../../src/backend/native/index.ts';
import { aesAlgorithm } from '../../src/keys/aes-cbc.ts';
import { eccAlgorithm } from '../../src/keys/ecc.ts';
import { rsaAlgorithm } from '../../src/keys/rsa.ts';

export const backends: readonly Backend[] = [native];

/** What a suite works with: the public readers of keys, on one backend. */
export interface Subject extends Pick<IdentityContext, 'PublicKey' | 'PrivateKey' | 'SymmetricKey'> {
  readonly backend: Backend;
}

/** The readers of keys on a backend. */
export function subjectOf(backend: Backend): Subject {
  const algorithms = [rsaAlgorithm(backend), eccAlgorithm(backend), aesAlgorithm(backend)];
  const { PublicKey, PrivateKey, SymmetricKey } = createIdentityContext({
    plugins: [definePlugin('algorithms', algorithms)],
  });
  return { backend, PublicKey, PrivateKey, SymmetricKey };
}
