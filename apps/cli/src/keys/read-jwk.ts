/** JSON Web Keys. */
import { createPrivateKey, createPublicKey, type JsonWebKey } from 'node:crypto';
import { DimError, type JsonMap } from 'dimp';
import { optionalTextOf, textOf } from 'dimp/extend';
import { equalBytes } from 'dimp/internal';
import { keyOfMap, publicOf, type KnownKey, type PairAlgorithm } from './known-key.ts';
import type { ReadKey } from './key-source.ts';

/** Reads a JSON Web Key; what it says of its use is left alone. @throws DimError `INPUT_…`, `UNSUPPORTED_ALGORITHM` */
export function readJwk(fields: JsonMap): ReadKey {
  const type = textOf(fields, 'kty');
  return { known: type === 'oct' ? readOctets(fields) : readPair(type, fields), form: 'jwk' };
}

function readOctets(fields: JsonMap): KnownKey {
  const bytes = Buffer.from(textOf(fields, 'k'), 'base64url');
  const algorithm = algorithmOf(optionalTextOf(fields, 'alg') ?? '');
  return keyOfMap({ algorithm, data: bytes.toString('base64') }, 'private');
}

function algorithmOf(name: string): string {
  if (/^A\d{3}GCM$/.test(name)) return 'AES-GCM';
  return name === 'XSALSA20-POLY1305' ? name : 'AES';
}

function readPair(type: string, fields: JsonMap): KnownKey {
  const part = fields['d'] === undefined ? 'public' : 'private';
  if (type === 'RSA') return keyOfMap({ algorithm: 'RSA', data: rsaPem(fields, part) }, part);
  const curve = textOf(fields, 'crv');
  const algorithm = ALGORITHMS[`${type} ${curve}`];
  if (algorithm === undefined)
    throw new DimError('UNSUPPORTED_ALGORITHM', 'must be secp256k1, Ed25519 or X25519', { path: 'crv' });
  const half = publicHalf(algorithm, fields);
  if (part === 'public') return half;
  const d = member(fields, 'd');
  const data = algorithm === 'ECC' ? d.toString('hex') : d.toString('base64');
  const known = keyOfMap({ algorithm, data }, part);
  if (known.part === 'private') checkHalves(known, half);
  return known;
}

const ALGORITHMS: Readonly<Record<string, Exclude<PairAlgorithm, 'RSA'>>> = {
  'EC secp256k1': 'ECC',
  'OKP Ed25519': 'ED25519',
  'OKP X25519': 'X25519',
};

function publicHalf(algorithm: Exclude<PairAlgorithm, 'RSA'>, fields: JsonMap): KnownKey & { readonly part: 'public' } {
  const x = member(fields, 'x');
  const data =
    algorithm === 'ECC' ? Buffer.concat([Buffer.of(4), x, member(fields, 'y')]).toString('hex') : x.toString('base64');
  const known = keyOfMap({ algorithm, data }, 'public');
  if (known.part !== 'public') throw new TypeError('what was read as public is public');
  return known;
}

/** Of exactly the bytes that it has to have: others would be taken for zeros. */
function member(fields: JsonMap, name: string): Buffer {
  const bytes = Buffer.from(textOf(fields, name), 'base64url');
  if (bytes.length === MEMBER_BYTES) return bytes;
  throw new DimError('INPUT_KEY', `must have ${MEMBER_BYTES} bytes in base64url`, { path: name });
}

const MEMBER_BYTES = 32;

function checkHalves(
  known: KnownKey & { readonly part: 'private' },
  half: KnownKey & { readonly part: 'public' },
): void {
  const [own, given] = [publicOf(known), half].map(
    ({ key }) => key.canonical ?? ('data' in key ? key.data : undefined),
  );
  if (own === undefined || given === undefined || !equalBytes(own, given))
    throw new DimError('INPUT_KEY', 'holds a private key and a public key that is not its own', { path: 'x' });
}

/** Whether the numbers belong together, whoever reads the PEM checks. */
function rsaPem(fields: JsonMap, part: 'private' | 'public'): string {
  const key = fields as JsonWebKey;
  try {
    const pem =
      part === 'private'
        ? createPrivateKey({ key, format: 'jwk' }).export({ type: 'pkcs1', format: 'pem' })
        : createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    return pem.toString();
  } catch (error) {
    throw new DimError('INPUT_FORMAT', 'is no JSON Web Key of RSA that can be read', { cause: error });
  }
}
