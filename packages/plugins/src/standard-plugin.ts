/** Everything that the protocol's own clients understand: RSA, ECC, AES, PLAIN; BTC and ETH; MKM; and SHA-256. */
import { backend as platformBackend } from '#backend';
import { defineDigest, definePlugin, DimError, type Plugin } from 'mkm';
import { type IdentityDefinition } from 'mkm/extend';
import { bitcoinStyleDefinition } from './addresses/bitcoin-style.ts';
import { ethereumStyleDefinition } from './addresses/ethereum-style.ts';
import type { Backend } from './backend/backend.ts';
import { askPlatform } from './backend/ask-platform.ts';
import { aesAlgorithm } from './keys/ciphers/aes-cbc.ts';
import { eccAlgorithm } from './keys/secp256k1/ecc.ts';
import { plainAlgorithm } from './keys/ciphers/plain.ts';
import { rsaAlgorithm } from './keys/rsa/rsa.ts';
import { btcMeta } from './metas/meta-btc.ts';
import { ethMeta } from './metas/meta-eth.ts';
import { mkmMeta } from './metas/meta-mkm.ts';

/** Options for {@link standardPlugin}. */
export interface StandardPluginOptions {
  /**
   * The cryptography to use, for keys and for all that is hashed; the fastest of the platform, if not given.
   */
  readonly backend?: Backend;
}

/**
 * The standard plugin.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { standardPlugin } from 'dimplugins';
 *
 * const { PrivateKey } = createIdentityContext({ plugins: [standardPlugin()] });
 * const key = await PrivateKey.generate('ECC');
 * ```
 * @throws DimError `USAGE_ARGUMENT` for what is no backend
 */
export function standardPlugin(options: StandardPluginOptions = {}): Plugin<IdentityDefinition> {
  const backend = options.backend ?? platformBackend;
  checkBackend(backend);
  return definePlugin('standard', [
    bitcoinStyleDefinition(backend),
    ethereumStyleDefinition(backend),
    mkmMeta(backend),
    btcMeta(backend),
    ethMeta(backend),
    defineDigest({ name: 'SHA-256', digest: (data) => askPlatform(() => backend.sha256(data)) }),
    rsaAlgorithm(backend),
    eccAlgorithm(backend),
    aesAlgorithm(backend),
    plainAlgorithm(),
  ]);
}

const FUNCTIONS = ['sha256', 'ripemd160', 'keccak256', 'randomBytes', 'randomNonce'] as const;
const PARTS = {
  rsa: ['publicKey', 'privateKey', 'generate'],
  secp256k1: ['publicKey', 'privateKey', 'pointOf', 'generate'],
  aesCbc: ['key'],
} as const satisfies Partial<Record<keyof Backend, readonly string[]>>;

/** Now, and not when the first message comes. @throws DimError `USAGE_ARGUMENT` for what is no backend */
function checkBackend(backend: Partial<Backend>): void {
  const lacking =
    FUNCTIONS.find((name) => typeof backend[name] !== 'function') ??
    Object.entries(PARTS).flatMap(([part, names]) => lackingIn(backend, part, names))[0];
  if (lacking === undefined) return;
  throw new DimError('USAGE_ARGUMENT', `must be a backend: it has no ${lacking}`, { path: 'backend' });
}

function lackingIn(backend: object, part: string, names: readonly string[]): readonly string[] {
  const operations: unknown = Reflect.get(backend, part);
  if (typeof operations !== 'object' || operations === null) return [part];
  return names.filter((name) => typeof Reflect.get(operations, name) !== 'function').map((name) => `${part}.${name}`);
}
