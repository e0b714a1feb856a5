/** What a key is read with, and what comes of it. */
import { wrong } from '../command/wrong.ts';
import type { KeyForm } from './key-forms.ts';
import type { KnownKey } from './known-key.ts';

/** What a form does not say of itself, as options take it. */
export interface KeyHints {
  /** Of keys that are nothing but bytes. */
  readonly algorithm?: string | undefined;
  /** Of keys of ED25519 and X25519, whose two halves look the same. */
  readonly part?: string | undefined;
}

/** The same, checked. */
export interface CheckedHints {
  readonly algorithm: string | undefined;
  readonly part: 'private' | 'public' | undefined;
}

/** A key, and the form that it came in. */
export interface ReadKey {
  readonly known: KnownKey;
  readonly form: KeyForm;
}

/** @throws DimError `USAGE_ARGUMENT` */
export function checkedHints({ algorithm, part }: KeyHints): CheckedHints {
  if (part !== undefined && part !== 'private' && part !== 'public') throw wrong('--part must be private or public');
  return { algorithm: algorithm?.toUpperCase(), part };
}
