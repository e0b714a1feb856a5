/** The forms in which keys are written down. */
import { wrong } from '../command/wrong.ts';
import { printable } from '../text/printable.ts';
import type { KnownKey } from './known-key.ts';

/** What each form is, for people. */
export const KEY_FORMS = {
  map: "the protocol's JSON",
  jwk: 'JSON Web Key',
  pkcs1: 'PEM, PKCS#1',
  pkcs8: 'PEM, PKCS#8',
  sec1: 'PEM, SEC1',
  spki: 'PEM, SPKI',
  'pkcs1-der': 'PKCS#1 in base64',
  'pkcs8-der': 'PKCS#8 in base64',
  'sec1-der': 'SEC1 in base64',
  'spki-der': 'SPKI in base64',
  hex: 'hex digits',
  'hex-compressed': 'hex digits, compressed',
  base64: 'bytes in base64',
} as const;

/** Its name. */
export type KeyForm = keyof typeof KEY_FORMS;

/** What people say who do not care which of two it is. */
const SHORT = { pem: { private: 'pkcs8', public: 'spki' }, der: { private: 'pkcs8-der', public: 'spki-der' } } as const;

const FORMS: Readonly<Record<string, readonly KeyForm[]>> = {
  'RSA private': ['map', 'jwk', 'pkcs1', 'pkcs8', 'pkcs1-der', 'pkcs8-der'],
  'RSA public': ['map', 'jwk', 'pkcs1', 'spki', 'pkcs1-der', 'spki-der'],
  'ECC private': ['map', 'jwk', 'pkcs8', 'sec1', 'pkcs8-der', 'sec1-der', 'hex'],
  'ECC public': ['map', 'jwk', 'spki', 'spki-der', 'hex', 'hex-compressed'],
  'ED25519 private': ['map', 'jwk', 'pkcs8', 'pkcs8-der', 'base64'],
  'ED25519 public': ['map', 'jwk', 'spki', 'spki-der', 'base64'],
  'X25519 private': ['map', 'jwk', 'pkcs8', 'pkcs8-der', 'base64'],
  'X25519 public': ['map', 'jwk', 'spki', 'spki-der', 'base64'],
  'PLAIN secret': ['map'],
};

const SECRET_FORMS: readonly KeyForm[] = ['map', 'jwk', 'base64'];

/** What says which forms a key has. */
export type KeyKind = Pick<KnownKey, 'algorithm' | 'part'>;

/** The forms that a key can be written in. */
export function formsOf({ algorithm, part }: KeyKind): readonly KeyForm[] {
  return FORMS[`${algorithm} ${part}`] ?? SECRET_FORMS;
}

/** @throws DimError `USAGE_ARGUMENT` for what is no form of this key, with those that are */
export function formOf(name: string, known: KeyKind): KeyForm {
  const wanted = isShort(name) && known.part !== 'secret' ? SHORT[name][known.part] : name;
  const form = formsOf(known).find((one) => one === wanted);
  if (form !== undefined) return form;
  throw wrong(
    `--to and --form must be ${formsOf(known).join(', ')} for a ${known.part} key of ${known.algorithm}, as pem and der are where there are two halves; not ${printable(name)}`,
  );
}

function isShort(name: string): name is keyof typeof SHORT {
  return Object.hasOwn(SHORT, name);
}
