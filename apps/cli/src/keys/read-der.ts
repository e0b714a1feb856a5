/** Keys in DER, and in PEM, which is DER with a name. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { DimError, isDimError } from 'dimp';
import { equalBytes } from 'dimp/internal';
import { EC_PUBLIC_KEY, encodePem, parsePem, parseRsaPrivateKey } from 'dimplugins/internal';
import type { KeyForm } from './key-forms.ts';
import { keyOfMap, type KnownKey } from './known-key.ts';
import type { ReadKey } from './key-source.ts';

/** Names of the halves in PEM: each of them is read with any content that is one. */
const LABELS = { private: 'PRIVATE KEY', public: 'PUBLIC KEY' } as const;

type Half = keyof typeof LABELS;

/** @throws DimError `INPUT_…`, `UNSUPPORTED_ALGORITHM` */
export function readPemKey(text: string): ReadKey {
  const blocks = parseBlocks(text);
  // Old files have both halves in one text.
  const half: Half = blocks.some(({ label }) => label.includes('PRIVATE')) ? 'private' : 'public';
  const block = blocks.find(({ label }) => label.endsWith(LABELS[half]));
  if (block === undefined)
    throw new DimError('INPUT_FORMAT', 'is PEM, but holds no key: a block named PRIVATE KEY or PUBLIC KEY');
  const known = firstOf([half], { text, der: block.der });
  return { known, form: formOfDer(known, block.der) };
}

/** @throws DimError `INPUT_…`, `UNSUPPORTED_ALGORITHM` */
export function readDerKey(der: Uint8Array): ReadKey {
  const known = firstOf(['private', 'public'], { der });
  return { known, form: `${formOfDer(known, der)}-der` as KeyForm };
}

function parseBlocks(text: string) {
  try {
    return parsePem(text);
  } catch (error) {
    if (isDimError(error) && error.code === 'UNSUPPORTED_ALGORITHM')
      throw new DimError(error.code, 'is encrypted: decrypt it first, as by `openssl pkey -in FILE`', { cause: error });
    throw error;
  }
}

interface Source {
  /** The PEM text as it was given, where it was. */
  readonly text?: string;
  readonly der: Uint8Array;
}

/** Whatever it is the key of. @throws the error that says most */
function firstOf(halves: readonly Half[], source: Source): KnownKey {
  const errors: unknown[] = [];
  for (const half of halves) {
    for (const read of [readNamed('RSA'), readNamed('ECC'), readCurve25519]) {
      try {
        const known = read(half, source);
        if (known !== undefined) return known;
      } catch (error) {
        errors.push(error);
      }
    }
  }
  throw reasonOf(errors, source);
}

function readNamed(algorithm: 'RSA' | 'ECC') {
  return (half: Half, { text, der }: Source): KnownKey =>
    keyOfMap({ algorithm, data: text ?? encodePem(LABELS[half], der) }, half);
}

const CURVES: Readonly<Record<string, 'ED25519' | 'X25519'>> = { ed25519: 'ED25519', x25519: 'X25519' };

function readCurve25519(half: Half, { der }: Source): KnownKey | undefined {
  const object = nodeObject(half, der);
  const algorithm = CURVES[object?.asymmetricKeyType ?? ''];
  if (object === undefined || algorithm === undefined) return undefined;
  const { d, x } = object.export({ format: 'jwk' });
  const bytes = Buffer.from((half === 'private' ? d : x) ?? '', 'base64url');
  return keyOfMap({ algorithm, data: bytes.toString('base64') }, half);
}

function nodeObject(half: Half, der: Uint8Array): KeyObject | undefined {
  const pem = encodePem(LABELS[half], der);
  try {
    return half === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
  } catch {
    return undefined;
  }
}

/** A key that is unfit says why; one of another algorithm, which that is. */
function reasonOf(errors: readonly unknown[], { der }: Source): unknown {
  const unfit = errors.find((error) => isDimError(error) && error.code === 'INPUT_KEY');
  if (unfit !== undefined) return unfit;
  const object = nodeObject('private', der) ?? nodeObject('public', der);
  const named = object && [object.asymmetricKeyType, object.asymmetricKeyDetails?.namedCurve].filter(Boolean).join(' ');
  return named === undefined
    ? new DimError('INPUT_FORMAT', 'is no key: neither PKCS#1, PKCS#8, SEC1 nor SPKI', { cause: errors[0] })
    : new DimError(
        'UNSUPPORTED_ALGORITHM',
        `is a key of ${named}: those of RSA, of the curve secp256k1, ED25519 and X25519 can be used`,
      );
}

function formOfDer(known: KnownKey, der: Uint8Array): 'pkcs1' | 'pkcs8' | 'sec1' | 'spki' {
  const { algorithm, part, key } = known;
  if (part === 'public') return algorithm === 'RSA' && equalBytes(key.canonical ?? der, der) ? 'pkcs1' : 'spki';
  if (algorithm === 'RSA') return equalBytes(parseRsaPrivateKey(der).pkcs1, der) ? 'pkcs1' : 'pkcs8';
  // SEC1 says nothing of the algorithm.
  return algorithm === 'ECC' && !Buffer.from(der).includes(Buffer.from(EC_PUBLIC_KEY)) ? 'sec1' : 'pkcs8';
}
