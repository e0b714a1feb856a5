/**
 * ECC: ECDSA over secp256k1 with SHA-256. It signs and does not encrypt.
 *
 * `{ "algorithm": "ECC", "data": PEM or hex, "curve": "SECP256k1", "digest": "SHA256", ["compressed": true] }`
 */
import { secp256k1 } from '#backend';
import {
  defineKeyAlgorithm,
  DimError,
  type Awaitable,
  type JsonMap,
  type KeyAlgorithmDefinition,
  type PrivateKey,
  type PublicKey,
} from 'mkm';
import { optionalBooleanOf } from 'mkm/extend';
import type { Backend } from '../../backend/backend.ts';
import { requireBytes } from '../../coding/byte-argument.ts';
import { PublicAlgorithmKey, SecretAlgorithmKey } from '../algorithm-key.ts';
import { askPlatform } from '../../backend/ask-platform.ts';
import { decodeEcdsaSignature, encodeEcdsaSignature } from './ecdsa-signature.ts';
import { checkHint, readData, SHA256_HINT } from '../key-fields.ts';
import { once } from '../../backend/once.ts';
import { encodePem } from '../../coding/pem.ts';
import { remembered } from '../remembered.ts';
import { compressPoint } from './secp256k1-curve.ts';
import { encodePkcs8, encodeSpki } from '../../coding/secp256k1-encoding.ts';
import { parseSecp256k1PrivateKey, parseSecp256k1PublicKey, type Secp256k1KeyPair } from './secp256k1-key.ts';

const ECC = 'ECC';
const BITS = 256;
const HINTS: JsonMap = { curve: 'SECP256k1', digest: 'SHA256' };

/** The part of a backend that ECC needs. */
type EccBackend = Pick<Backend, 'secp256k1'>;
const PLATFORM: EccBackend = { secp256k1 };

/**
 * The algorithm `ECC` on a backend.
 * @param backend the platform's, if not given: only this part of it, so that a page loads no other
 *
 * @example
 * ```ts
 * import { createIdentityContext, definePlugin } from 'mkm';
 * import { eccAlgorithm } from 'dimplugins';
 *
 * const ecc = definePlugin('ecc', [eccAlgorithm()]);
 * const { PrivateKey } = createIdentityContext({ plugins: [ecc] });
 * const key = await PrivateKey.generate('ECC');
 * ```
 */
export function eccAlgorithm(backend: EccBackend = PLATFORM): KeyAlgorithmDefinition {
  const pointOf = (scalar: Uint8Array): Uint8Array => askPlatform(() => backend.secp256k1.pointOf(scalar));
  const readPublicPart = remembered((text) => publicPartOf(backend, parseSecp256k1PublicKey(text)));
  return defineKeyAlgorithm({
    algorithm: ECC,
    publicKey: {
      read(fields) {
        checkHints(fields);
        return new EccPublicKey(fields, readData(fields, readPublicPart));
      },
    },
    privateKey: {
      read(fields) {
        checkHints(fields);
        const pair = readData(fields, (text) => parseSecp256k1PrivateKey(text, pointOf));
        return new EccPrivateKey(backend, fields, pair);
      },
      async generate({ bits = BITS }) {
        if (bits !== BITS) throw new DimError('USAGE_ARGUMENT', `must be ${BITS}`, { path: 'bits' });
        const scalar = await askPlatform(() => backend.secp256k1.generate());
        const point = pointOf(scalar);
        const fields = writeFields('PRIVATE KEY', encodePkcs8(scalar, point));
        return new EccPrivateKey(backend, fields, { scalar, point });
      },
    },
  });
}

/** What public keys of the same text share. */
interface EccPublicPart {
  readonly point: Uint8Array;
  /** Prepared at the first use: that costs as much as several hundred readings. */
  readonly operations: () => ReturnType<EccBackend['secp256k1']['publicKey']>;
}

function publicPartOf(backend: EccBackend, point: Uint8Array): EccPublicPart {
  return { point, operations: once(() => backend.secp256k1.publicKey(point)) };
}

class EccPublicKey extends PublicAlgorithmKey implements PublicKey {
  readonly algorithm = ECC;
  readonly data: Uint8Array;
  readonly #point: Uint8Array;
  readonly #operations: EccPublicPart['operations'];

  constructor(fields: JsonMap, { point, operations }: EccPublicPart) {
    super(fields);
    // Bytes of its own: whoever changes them changes them for one key object.
    this.data = isCompressed(fields) ? compressPoint(point) : point.slice();
    this.#point = point;
    this.#operations = operations;
  }

  /** The point in its long form; copied when it is asked for, as few ask. */
  get canonical(): Uint8Array {
    return this.#point.slice();
  }

  verify(message: Uint8Array, signature: Uint8Array): Awaitable<boolean> {
    requireBytes(message, 'message');
    const compact = decodeEcdsaSignature(requireBytes(signature, 'signature'));
    return compact !== undefined && askPlatform(() => this.#operations().verify(message, compact));
  }

  protected override describe(): string {
    return `EccPublicKey { algorithm: 'ECC', curve: 'secp256k1' }`;
  }
}

class EccPrivateKey extends SecretAlgorithmKey implements PrivateKey {
  readonly algorithm = ECC;
  readonly #publicKey: () => PublicKey;
  readonly #operations: () => ReturnType<Backend['secp256k1']['privateKey']>;

  constructor(backend: EccBackend, fields: JsonMap, { scalar, point }: Secp256k1KeyPair) {
    super(fields);
    // A public key of the same form, and so of the same address.
    const form = isCompressed(fields) ? { compressed: true } : {};
    this.#publicKey = once(
      () => new EccPublicKey(writeFields('PUBLIC KEY', encodeSpki(point), form), publicPartOf(backend, point)),
    );
    this.#operations = once(() => backend.secp256k1.privateKey(scalar, point));
  }

  get publicKey(): PublicKey {
    return this.#publicKey();
  }

  async sign(message: Uint8Array): Promise<Uint8Array> {
    requireBytes(message, 'message');
    return encodeEcdsaSignature(await askPlatform(() => this.#operations().sign(message)));
  }

  protected override describe(): string {
    return `EccPrivateKey { algorithm: 'ECC', curve: 'secp256k1' }`;
  }
}

function checkHints(fields: JsonMap): void {
  checkHint(fields, 'curve', /^secp256k1$/i);
  checkHint(fields, 'digest', SHA256_HINT);
}

/** Whether the key's data bytes are the point's short form. */
function isCompressed(fields: JsonMap): boolean {
  return optionalBooleanOf(fields, 'compressed') ?? false;
}

function writeFields(label: string, der: Uint8Array, form: JsonMap = {}): JsonMap {
  // Other implementations write these with a line break at the end.
  return Object.freeze({ algorithm: ECC, data: `${encodePem(label, der)}\n`, ...HINTS, ...form });
}
