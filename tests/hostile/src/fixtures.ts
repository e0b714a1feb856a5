/** The identities that the cases are written for, and their throw-away keys: `fixtures.json`. */
import { namesIn, readCaseFile } from 'runner/case-files';

/** PEM texts of an RSA key pair. */
export interface RsaTexts {
  readonly priv8: string;
  readonly spki: string;
}

export interface Fixtures {
  readonly alice: string;
  readonly bob: string;
  readonly group: string;
  /** The identity key of alice, who founded the group. */
  readonly rsa: RsaTexts;
  /** The key of bob, and of alice's visa. */
  readonly rsa2: RsaTexts;
  readonly ecPrivateHex: string;
  readonly ecPublicHex: string;
  /** The message key of most messages, in base64, and its IV. */
  readonly password: string;
  readonly iv: string;
}

/** The fixtures of a directory, or those of this repository where it has none. */
export function loadFixtures(directory: string, fallback: string): Fixtures {
  const hasOwn = namesIn(directory).includes('fixtures');
  return readCaseFile(hasOwn ? directory : fallback, 'fixtures') as Fixtures;
}
