/** Writes keys in any of their forms. */
import type { KeyObject } from 'node:crypto';
import type { JsonMap } from 'dimp';
import { textOf } from 'dimp/extend';
import { compressPoint } from 'dimplugins/internal';
import type { KeyForm } from './key-forms.ts';
import type { KnownKey } from './known-key.ts';
import { jwkMember, nodeKey, type PairKey } from './node-key.ts';
import { jsonText } from '../text/json-text.ts';

/** What is written: JSON for `map` and `jwk`, else text. */
export type WrittenKey = JsonMap | string;

/** Writes a key in a form that it has: see `formOf`. */
export function writeKey(known: KnownKey, form: KeyForm): WrittenKey {
  // What a map says beside the key, as `compressed`, is part of the address that is made of it.
  if (form === 'map') return known.key.fields;
  if (known.part === 'secret') return writeSecret(known, form);
  if (form === 'jwk') return jwkOf(known);
  if (form === 'hex') return (known.part === 'private' ? bytesOf(known, 'd') : pointOf(known)).toString('hex');
  if (form === 'hex-compressed') return Buffer.from(compressPoint(pointOf(known))).toString('hex');
  if (form === 'base64') return bytesOf(known, known.part === 'private' ? 'd' : 'x').toString('base64');
  return writeStandard(nodeKey(known), form);
}

/** As text for a file or a screen, without a line end. */
export function textOfKey(written: WrittenKey): string {
  return typeof written === 'string' ? written : jsonText(written);
}

/** The JSON Web Key of a pair's half. */
export function jwkOf(known: PairKey): JsonMap {
  return nodeKey(known).export({ format: 'jwk' }) as JsonMap;
}

function writeStandard(object: KeyObject, form: KeyForm): string {
  const isDer = form.endsWith('-der');
  const type = isDer ? form.slice(0, -'-der'.length) : form;
  // Which types there are for which key, the table of forms says.
  if (isDer) return object.export({ type, format: 'der' } as { type: 'pkcs8'; format: 'der' }).toString('base64');
  return object
    .export({ type, format: 'pem' } as { type: 'pkcs8'; format: 'pem' })
    .toString()
    .trimEnd();
}

function writeSecret({ algorithm, key }: KnownKey & { readonly part: 'secret' }, form: KeyForm): WrittenKey {
  const bytes = Buffer.from(textOf(key.fields, 'data'), 'base64');
  if (form === 'base64') return bytes.toString('base64');
  return { kty: 'oct', k: bytes.toString('base64url'), alg: jwkAlgorithm(algorithm, bytes.length * 8) };
}

/** The names of Web Cryptography, where it has one. */
function jwkAlgorithm(algorithm: string, bits: number): string {
  if (algorithm === 'AES') return `A${bits}CBC`;
  return algorithm === 'AES-GCM' ? `A${bits}GCM` : algorithm;
}

function bytesOf(known: PairKey, name: 'd' | 'x' | 'y'): Buffer {
  return jwkMember(nodeKey(known), name);
}

function pointOf(known: PairKey): Buffer {
  return Buffer.concat([Buffer.of(4), bytesOf(known, 'x'), bytesOf(known, 'y')]);
}
